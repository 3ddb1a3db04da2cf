const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** What a unified social credit code looks like, its check character aside (GB 32100-2015). */
export const usccShape = /^[0-9A-HJ-NPQRTUWXY]{18}$/;

/** Whether a text is a unified social credit code: 18 characters with a right check character (GB 32100-2015). */
export function isUscc(code: string): boolean {
  return usccShape.test(code) && code[17] === checkCharacter(code.slice(0, 17));
}

/** The check character of the first 17 characters, all of which must be of the code's alphabet (GB 32100-2015). */
export function checkCharacter(body: string): string {
  const sum = weights.reduce((total, weight, i) => total + weight * alphabet.indexOf(body.charAt(i)), 0);
  return alphabet.charAt((31 - (sum % 31)) % 31);
}

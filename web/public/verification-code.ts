/** The code that somebody typed from a print, or pasted with the address in the print's QR code around it: full-width signs and the dashes that a text program makes of hyphens are read, blanks and line breaks are left out. */
export function verificationCode(typed: string): string {
  const plain = typed.normalize('NFKC').replaceAll(/\s+/g, '').replaceAll(/[‐‑‒–—−]/g, '-');
  return /\/verify\/([^/?#]+)/.exec(plain)?.[1] ?? plain;
}

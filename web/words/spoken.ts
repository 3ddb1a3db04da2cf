/** An English id as words: ids are the English words of the domain (docs: design, naming), so nothing is said twice. */
export function spoken(id: string): string {
  const words = id.replaceAll('-', ' ').replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase().replaceAll(/\b(irs|id)\b/g, (name) => name.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

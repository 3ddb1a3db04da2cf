/** An option with its box, ticked or not. */
export const box = (ticked: boolean, words: string): string => `${ticked ? '☑' : '□'}${words}`;

/** All options of a choice with their boxes. */
export const boxes = (words: Readonly<Record<string, string>>, chosen: readonly string[]): string[] => Object.entries(words).map(([id, word]) => box(chosen.includes(id), word));

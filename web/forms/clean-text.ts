// Between paragraphs Word and PowerPoint put on the clipboard what is no line break elsewhere (vertical tab, form feed, U+2028).
const breaks = /\r\n?|[\v\f\u0085\u2028\u2029]/g;

// What nobody sees, so that nobody could delete it when a schema refuses it or a name is not found by it.
// oxlint-disable-next-line no-control-regex -- control characters are what it takes out
const unseen = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u200b\ufeff]/g;

const turning = /[\u202a-\u202e\u2066-\u2069]/g;

/** A text as it was pasted, without what cannot be seen: line breaks of whatever kind are line breaks, control characters are nothing. */
export const cleanText = (text: string): string => text.replaceAll(breaks, '\n').replaceAll(unseen, '');

/** The same in one line: tabs and line breaks are blanks. */
export const cleanLine = (text: string): string => cleanText(text).replaceAll(/[\t\n]+/g, ' ').replaceAll(turning, '');

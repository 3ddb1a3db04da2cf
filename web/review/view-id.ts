/** The id of a field's place in the reading view of a filing. */
export const viewId = (pointer: string): string => `view${pointer.replaceAll('/', '-')}`;

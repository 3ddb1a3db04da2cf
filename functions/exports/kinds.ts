import type { Collection } from '../http/routes.ts';

/** The lists of cases that can be had as a file: those of every collection. */
export const exportCollections = ['scenarios', 'batches', 'recoveries', 'lists', 'funds', 'demands'] as const satisfies readonly Collection[];

/** The lists that can be had as a file. */
export const exportLists = ['tasks', 'done', 'mine', ...exportCollections, 'published'] as const;

/** The name of one of them. */
export type ExportList = (typeof exportLists)[number];

/** The formats, by the ending of the file's name. */
export const exportKinds = {
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  csv: { type: 'text/csv; charset=utf-8' },
} as const;

/** The ending of one of them. */
export type ExportKind = keyof typeof exportKinds;

/** All file names, for schemas. */
export const exportFiles = exportLists.flatMap((list) => (Object.keys(exportKinds) as ExportKind[]).map((kind) => `${list}.${kind}` as const)) as [`${ExportList}.${ExportKind}`, ...`${ExportList}.${ExportKind}`[]];

import * as z from 'zod/mini';
import { later } from '../later.ts';
import { annex1Row } from './annex1.ts';

/** The most rows of one list: what one decision and one print can hold. */
export const mostRowsOfList = 200;

/** A row as a list holds it: the columns of annex 1 but the first, because the list numbers its rows by their order. */
export const listRow = later(() => z.omit(annex1Row, { seqNo: true }));

/** A row's contents. */
export type ListRowContent = z.infer<typeof listRow>;

/** The id of a row inside its list. */
export const rowId = later(() => z.string().check(z.regex(/^r[1-9]\d{0,6}$/, { error: '行的编号格式不正确' })));

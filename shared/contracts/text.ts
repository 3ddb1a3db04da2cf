import * as z from 'zod/mini';
import { later } from '../later.ts';
import { largestFen } from '../money.ts';
import { isUscc, usccShape } from '../uscc.ts';

/** Counts 字 as the forms mean it: NFC, white space left out, Unicode code points; the same in browser and server (requirements 4.2 [R]). */
export function countCharacters(text: string): number {
  return [...text.normalize('NFC').replace(/\s+/gu, '')].length;
}

// What no keyboard types and no print shows; tab and line breaks are the exceptions.
// oxlint-disable-next-line no-control-regex -- control characters are what it keeps out
const printable = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$/;
// A line break, or a mark that turns the direction of reading: a name with them looks like another one.
const inOneLine = /^[^\t\n\r\u2028-\u202e\u2066-\u2069]*$/;

/** A text that is not blank, of at most `limit` 字. */
export function text(limit: number) {
  return z.string().check(
    z.refine((value) => value.isWellFormed(), { error: '文字含有无效字符，请删除后重新填写', abort: true }),
    z.regex(printable, { error: '文字含有无效字符，请删除后重新填写', abort: true }),
    z.regex(/\S/, { error: '不能为空', abort: true }),
    z.refine((value) => countCharacters(value) <= limit, { error: (issue) => `最多${limit}字，现有${countCharacters(String(issue.input))}字` }),
    // 字 leave out white space, records do not. A text of too many 字 has been told so: blanks are not its fault.
    z.refine((value) => value.length <= 4 * limit + 200 || countCharacters(value) > limit, { error: '空白过多，请删除多余的空格和换行' }),
  );
}

/** One line: a name, a number of a document. */
export const line = later(() => text(200).check(z.regex(inOneLine, { error: '不能换行，也不能含有控制字符' })));

/** A telephone number as people write it. */
export const phone = later(() => z.string().check(z.regex(/^[0-9+\- ]{5,20}$/, { error: '联系电话格式不正确，请填写5到20位数字，可含空格、+和-，如 0771-5550101' })));

/** A paragraph whose length the forms do not limit; the limit here only keeps records small. */
export const paragraph = later(() => text(2000));

/** An id of one of our records. */
export const id = later(() => z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/, { error: '编号格式不正确' })));

/** Who somebody is to the identity provider: the subject of their token, often a mail address. */
export const person = later(() => z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._@-]{0,79}$/, { error: '账号由字母、数字和 . _ @ - 组成，最多80个字符' })));

const wrongUscc = '统一社会信用代码不正确：应为18位，且校验位相符，请核对';

/** A unified social credit code whose check character is right. */
export const uscc = later(() => z.string().check(z.regex(usccShape, { error: wrongUscc, abort: true }), z.refine(isUscc, { error: wrongUscc })));

// Days that are in the calendar, 29 February of leap years alone among them.
const inCalendar = /^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8])))$/;

/** A calendar day, `YYYY-MM-DD`. Not `later`: zod keeps what a schema says about itself by identity, and the document would lose it. */
export const day = z.string().check(z.regex(inCalendar, { error: '请填写日期，如 2025-06-30' }), z.meta({ format: 'date' }));

/** A month, `YYYY-MM`. */
export const month = later(() => z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: '请填写年月，如 2025-06' })));

/** An amount in fen: a whole number from 0. */
export const fen = later(() => z.int().check(z.minimum(0, { error: '金额不能为负' }), z.maximum(largestFen, { error: '金额过大' })));

/** An amount in fen that cannot be nothing. */
export const someFen = later(() => z.int().check(z.minimum(1, { error: '金额须大于0' }), z.maximum(largestFen, { error: '金额过大' })));

/** A SHA-256 or SM3 digest in lower-case hexadecimal. */
export const digest = later(() => z.string().check(z.regex(/^[0-9a-f]{64}$/, { error: '摘要应为64位十六进制小写' })));

/** A list of 1 to `most` different members; make it where it is used, for what `day` says of `later`. */
export function several<T extends z.core.$ZodType>(member: T, most: number) {
  return z.array(member).check(
    z.minLength(1, { error: '至少选择或填写一项' }),
    z.maxLength(most, { error: `最多${most}项` }),
    z.refine((items) => new Set(items.map((item) => JSON.stringify(item))).size === items.length, { error: '有重复的项' }),
    // Whoever reads the document shall know it, too.
    z.meta({ uniqueItems: true }),
  );
}

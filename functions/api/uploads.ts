import * as z from 'zod/mini';
import { attachmentPartNames, largestFile, uploadPieceBytes } from '../../shared/contracts/attachments.ts';
import { digest, id, line } from '../../shared/contracts/text.ts';
import { fileTypeNames } from '../files/types.ts';

/** What somebody announces before an upload: which part it is, and the exact name, type, size in bytes and SHA-256 of the file; of an audited report also the year it is about. With the SHA-256 of each piece of `uploadPieceBytes` the file is sent piece by piece, and goes on where it broke off. */
export const announcement = z
  .strictObject({
    part: z.enum(attachmentPartNames),
    name: line.check(z.regex(/^[^/\\]*$/, { error: '文件名不能含有 / 或 \\，请改名后重新登记' })),
    type: z.enum(fileTypeNames),
    size: z.int().check(z.minimum(1, { error: '文件不能为空' }), z.maximum(largestFile, { error: '文件不能超过50MB' })),
    sha256: digest,
    replaces: z.optional(id),
    pieces: z.optional(z.array(digest).check(z.minLength(2), z.maxLength(Math.ceil(largestFile / uploadPieceBytes)))),
    year: z.optional(z.int().check(z.minimum(2000, { error: '请填写年度，如 2024' }), z.maximum(2099, { error: '请填写年度，如 2024' }))),
  })
  .check(z.refine(({ size, pieces }) => pieces === undefined || pieces.length === Math.ceil(size / uploadPieceBytes), { path: ['pieces'], error: '分段的个数与文件大小不符' }))
  .check(z.refine(({ part, year }) => year === undefined || part === 'auditReport', { path: ['year'], error: '只有年度财务报告需要注明年度' }));

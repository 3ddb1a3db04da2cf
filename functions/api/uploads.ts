import * as z from 'zod/mini';
import { attachmentPartNames } from '../../shared/contracts/attachments.ts';
import { digest, line } from '../../shared/contracts/text.ts';
import { fileTypeNames, largestFile } from '../files/types.ts';

/** What somebody announces before an upload: which part it is, and the exact name, type, size in bytes and SHA-256 of the file. */
export const announcement = z.strictObject({
  part: z.enum(attachmentPartNames),
  name: line.check(z.regex(/^[^/\\]*$/, { error: '文件名不能含有 / 或 \\，请改名后重新登记' })),
  type: z.enum(fileTypeNames),
  size: z.int().check(z.minimum(1, { error: '文件不能为空' }), z.maximum(largestFile, { error: '文件不能超过50MB' })),
  sha256: digest,
});

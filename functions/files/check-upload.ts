import type { Digests } from '../../shared/evidence.ts';
import { Problem } from '../http/problem.ts';
import { runningDigest } from '../store/digest.ts';
import { objectKey, type Attachment } from './attachment.ts';
import { readObject, type Bucket } from './bucket.ts';
import { fileTypes, telltaleBytes, typeOfBytes, type FileType } from './types.ts';

/** Checks the uploaded bytes themselves, streaming: size, SHA-256, and the type by content. What does not fit is refused and stays out of reach: only confirmed files get links. */
export async function checkUpload(bucket: Bucket, attachment: Attachment): Promise<Digests & { readonly version: string | undefined }> {
  const object = await readObject(bucket, objectKey(attachment));
  if (!object) throw new Problem('wrong-state', '还没有收到文件，请先按上传地址上传，再确认');
  const { digests, size, type } = await digested(object.pieces);
  const wrong = wrongWith(attachment, { size, sha256: digests.sha256, type });
  if (wrong === undefined) return { ...digests, version: object.version };
  throw new Problem('invalid-input', wrong.detail, { errors: [wrong] });
}

async function digested(pieces: AsyncIterable<Uint8Array>): Promise<{ readonly digests: Digests; readonly size: number; readonly type: FileType | undefined }> {
  const running = runningDigest();
  let size = 0;
  let beginning: Uint8Array = new Uint8Array();
  let ending: Uint8Array = new Uint8Array();
  for await (const piece of pieces) {
    running.update(piece);
    size += piece.length;
    if (beginning.length < 16) beginning = Buffer.concat([beginning, piece.subarray(0, 16)]);
    ending = Buffer.concat([ending, piece]).subarray(-telltaleBytes);
  }
  return { digests: running.digest(), size, type: typeOfBytes(beginning, ending) };
}

function wrongWith(announced: Attachment, found: { readonly size: number; readonly sha256: string; readonly type: string | undefined }): { readonly pointer: string; readonly detail: string } | undefined {
  if (found.size !== announced.size) return { pointer: '/size', detail: `文件大小不符：登记 ${announced.size} 字节，收到 ${found.size} 字节，请重新登记并上传` };
  if (found.sha256 !== announced.sha256) return { pointer: '/sha256', detail: '文件内容与登记的摘要不符，可能在传输中损坏，请重新登记并上传' };
  if (found.type === announced.type) return undefined;
  return { pointer: '/type', detail: `文件内容不是 ${fileTypes[announced.type]} 格式，请转换为所登记的格式后重新上传（可用：${Object.values(fileTypes).join('、')}）` };
}

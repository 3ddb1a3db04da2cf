import { AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateMultipartUploadCommand, ListPartsCommand, NoSuchUpload, UploadPartCommand, type Part } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { uploadPieceBytes } from '../../shared/contracts/attachments.ts';
import { Problem } from '../http/problem.ts';
import { objectKey, type Attachment } from './attachment.ts';
import type { Bucket } from './bucket.ts';
import { uploadSeconds } from './presign.ts';

/** A place for one piece of a file: the bytes `from` up to `to`, not included. */
export interface PieceLink {
  readonly number: number;
  readonly from: number;
  readonly to: number;
  readonly url: string;
  readonly headers: Record<string, string>;
}

const base64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');

const target = (bucket: Bucket, attachment: Attachment) => ({ Bucket: bucket.name, Key: objectKey(attachment), UploadId: attachment.inPieces?.upload });

/** Begins an upload in pieces; answers its id at the store. One that is never completed is forgotten by the bucket's own rule. */
export async function beginPieces(bucket: Bucket, attachment: Attachment): Promise<string> {
  const { UploadId } = await bucket.client.send(new CreateMultipartUploadCommand({ Bucket: bucket.name, Key: objectKey(attachment), ContentType: attachment.type, ChecksumAlgorithm: 'SHA256' }));
  if (UploadId === undefined) throw new Error('the store began an upload without an id');
  return UploadId;
}

/** Gives an upload up that nobody will send pieces to. */
export async function dropPieces(bucket: Bucket, attachment: Attachment): Promise<void> {
  await bucket.client.send(new AbortMultipartUploadCommand(target(bucket, attachment)));
}

/** Links for the pieces that have not arrived yet. Each takes exactly the announced bytes: length and SHA-256 are signed, so S3 itself refuses anything else. */
export async function pieceLinks(bucket: Bucket, attachment: Attachment): Promise<readonly PieceLink[]> {
  const parts = await arrivedPieces(bucket, attachment);
  // They were put together before: there is nothing more to send.
  if (parts === undefined) return [];
  const arrived = new Set(parts.map(({ PartNumber }) => PartNumber));
  const all = attachment.inPieces?.sha256 ?? [];
  return Promise.all(all.flatMap((digest, index) => (arrived.has(index + 1) ? [] : [pieceLink(bucket, attachment, index, digest)])));
}

async function pieceLink(bucket: Bucket, attachment: Attachment, index: number, digest: string): Promise<PieceLink> {
  const from = index * uploadPieceBytes;
  const to = Math.min(attachment.size, from + uploadPieceBytes);
  const command = new UploadPartCommand({ ...target(bucket, attachment), PartNumber: index + 1, ContentLength: to - from, ChecksumSHA256: base64(digest) });
  const url = await getSignedUrl(bucket.client, command, { expiresIn: uploadSeconds, signableHeaders: new Set(['content-length']), unhoistableHeaders: new Set(['x-amz-checksum-sha256']) });
  return { number: index + 1, from, to, url, headers: { 'content-length': String(to - from), 'x-amz-checksum-sha256': base64(digest) } };
}

/**
 * Puts the pieces together, once: what was checked is never replaced. Asked again after that it does nothing. Throws `wrong-state`
 * while pieces are missing. What the whole is, size, type and SHA-256, is checked afterwards like any upload.
 */
export async function joinPieces(bucket: Bucket, attachment: Attachment): Promise<void> {
  const arrived = await arrivedPieces(bucket, attachment);
  // The store no longer knows an upload that was completed.
  if (arrived === undefined) return;
  const all = attachment.inPieces?.sha256 ?? [];
  const fits = all.every((digest, index) => arrived[index]?.PartNumber === index + 1 && arrived[index]?.ChecksumSHA256 === base64(digest));
  if (!fits || arrived.length !== all.length) throw new Problem('wrong-state', '文件还没有传完，请接着上传其余各段，再确认');
  const Parts = arrived.map(({ PartNumber, ETag, ChecksumSHA256 }) => ({ PartNumber, ETag, ChecksumSHA256 }));
  try {
    await bucket.client.send(new CompleteMultipartUploadCommand({ ...target(bucket, attachment), MultipartUpload: { Parts }, IfNoneMatch: '*' }));
  } catch (error) {
    // Somebody else put the same pieces together in this moment.
    if (!(error instanceof Error) || !['NoSuchUpload', 'PreconditionFailed', 'ConditionalRequestConflict'].includes(error.name)) throw error;
  }
}

/** The pieces that have arrived, in their order; `undefined` where the store knows the upload no more. */
async function arrivedPieces(bucket: Bucket, attachment: Attachment): Promise<readonly Part[] | undefined> {
  try {
    // At most ten pieces: one answer holds them all.
    return (await bucket.client.send(new ListPartsCommand(target(bucket, attachment)))).Parts ?? [];
  } catch (error) {
    if (error instanceof NoSuchUpload || (error instanceof Error && error.name === 'NoSuchUpload')) return undefined;
    throw error;
  }
}

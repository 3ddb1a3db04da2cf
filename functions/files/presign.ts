import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { objectKey, type Attachment } from './attachment.ts';
import type { Bucket } from './bucket.ts';
import { savedName } from './types.ts';

/** How long an upload may take to begin, in seconds: a slow line and a lunch break. */
export const uploadSeconds = 3600;

/** How long a download link is good, in seconds. */
export const downloadSeconds = 300;

/** A link that takes exactly the announced bytes: length, type and SHA-256 are signed, so S3 itself refuses anything else; and only once, so that nothing is ever put in the place of what was checked. */
export async function uploadLink(bucket: Bucket, attachment: Attachment): Promise<{ readonly url: string; readonly headers: Record<string, string> }> {
  const checksum = Buffer.from(attachment.sha256, 'hex').toString('base64');
  const command = new PutObjectCommand({ Bucket: bucket.name, Key: objectKey(attachment), ContentType: attachment.type, ContentLength: attachment.size, ChecksumSHA256: checksum, IfNoneMatch: '*' });
  const url = await getSignedUrl(bucket.client, command, {
    expiresIn: uploadSeconds,
    signableHeaders: new Set(['content-type', 'content-length', 'if-none-match']),
    // In the query a checksum would only be claimed; as a signed header it is compared with the bytes.
    unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
  });
  return { url, headers: { 'content-type': attachment.type, 'content-length': String(attachment.size), 'x-amz-checksum-sha256': checksum, 'if-none-match': '*' } };
}

// What browsers show by themselves and cannot run anything of ours; everything else is saved only.
const shownTypes: readonly string[] = ['application/pdf', 'image/jpeg', 'image/png'];

/** A link that shows the checked bytes in place instead of saving them; undefined where a browser cannot. */
export async function viewUrl(bucket: Bucket, attachment: Attachment): Promise<string | undefined> {
  return shownTypes.includes(attachment.type) ? downloadUrl(bucket, attachment, 'inline') : undefined;
}

/** A link to the checked bytes, saved under the file's own name, with the ending of its type. */
export function downloadUrl(bucket: Bucket, attachment: Attachment, disposition: 'attachment' | 'inline' = 'attachment'): Promise<string> {
  const command = new GetObjectCommand({
    Bucket: bucket.name,
    Key: objectKey(attachment),
    VersionId: attachment.version,
    ResponseContentType: attachment.type,
    ResponseContentDisposition: `${disposition}; filename*=UTF-8''${encodeURIComponent(savedName(attachment))}`,
  });
  return getSignedUrl(bucket.client, command, { expiresIn: downloadSeconds });
}

/** A link to a file of ours that is too large for an answer. */
export function signedLink(bucket: Bucket, key: string): Promise<string> {
  return getSignedUrl(bucket.client, new GetObjectCommand({ Bucket: bucket.name, Key: key }), { expiresIn: downloadSeconds });
}

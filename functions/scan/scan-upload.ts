import type { Actor } from '../../shared/actor.ts';
import { Problem } from '../http/problem.ts';
import { objectKey, type Attachment, type Scan } from '../files/attachment.ts';
import { readObject } from '../files/bucket.ts';
import type { ScanDesk } from '../files/desk.ts';
import { scanByClamd } from './clamd.ts';
import { keepVerdict, lockAway, scanOf } from './keep-verdict.ts';
import type { Verdict } from './verdict.ts';

// The gateway gives up after 30 s, and the bytes have been read once by then.
const patience = 15_000;

/**
 * What is known of an upload's being clean when it is confirmed. A clamd is asked at once: an infected file is locked away, told to
 * whoever uploaded it, and never registered. GuardDuty answers when it has looked; nobody answers where no scanner is configured,
 * and the record says so. Throws `Problem` for an infected file.
 */
export async function scanUpload(desk: ScanDesk, attachment: Attachment): Promise<Scan> {
  switch (desk.scanner.kind) {
    case 'none':
      return { status: 'notScanned', by: 'none' };
    case 'guardDuty':
      return attachment.scan ?? { status: 'waiting', by: 'guardDuty' };
    case 'clamav':
      return attachment.scan?.status === 'clean' ? attachment.scan : askClamd(desk, attachment);
  }
}

async function askClamd(desk: ScanDesk, attachment: Attachment): Promise<Scan> {
  const verdict = await verdictOf(desk, attachment);
  // A clamd that is away keeps nobody from filing: the file waits for its verdict, and only its uploader opens it till then.
  if (verdict.status === 'failed' && !verdict.lasting) return { status: 'waiting', by: 'clamav', signature: verdict.reason };
  const scan = scanOf(desk, 'clamav', verdict);
  if (verdict.status !== 'infected') return scan;
  await lockAway(desk, attachment, scan);
  throw infected({ ...attachment, scan });
}

async function verdictOf(desk: ScanDesk, attachment: Attachment): Promise<Verdict> {
  if (desk.scanner.kind !== 'clamav') return { status: 'failed', reason: 'no clamd here' };
  const object = await readObject(desk.bucket, objectKey(attachment), attachment.version === undefined ? {} : { version: attachment.version });
  if (!object) return { status: 'failed', reason: 'the file is gone' };
  return scanByClamd({ host: desk.scanner.host, port: desk.scanner.port, patience }, object.pieces);
}

/** Lets pass whoever may open a file: its uploader unless it is infected, others once it is clean, or where nobody scans. A file that still waits for its verdict is scanned now where that is possible. Throws `Problem`. */
export async function mustBeOpenTo(desk: ScanDesk, actor: Actor, attachment: Attachment): Promise<void> {
  const { status, scan } = attachment;
  if (status === 'quarantined') throw infected(attachment);
  if (scan === undefined || scan.status === 'clean' || scan.status === 'notScanned') return;
  const isUploader = actor.person === attachment.by;
  // Whoever uploaded it knows that it cannot be scanned; others may ask again, by a scanner that takes more than it did.
  if (isUploader && scan.status === 'failed') return;
  const now = desk.scanner.kind === 'clamav' ? await scanNow(desk, attachment, scan) : scan;
  if (now.status === 'clean' || isUploader) return;
  throw new Problem('wrong-state', now.status === 'waiting' ? '这份附件正在查毒，结果出来之前只有上传人可以打开，请稍后再试' : '这份附件未能完成查毒（文件可能过大或已加密），只有上传人可以打开；请上传人拆分、解密或更换文件后重新上传', { rule: 'fileIsClean', article: fileIsClean });
}

async function scanNow(desk: ScanDesk, attachment: Attachment, before: Scan): Promise<Scan> {
  const verdict = await verdictOf(desk, attachment);
  if (verdict.status === 'failed' && !verdict.lasting) return before;
  await keepVerdict(desk, attachment, 'clamav', verdict);
  const scan = scanOf(desk, 'clamav', verdict);
  if (scan.status === 'infected') throw infected({ ...attachment, scan });
  return scan;
}

const fileIsClean = 'art. 19(2), policy requirements 8.4';

/** What whoever uploaded or opens an infected file is told. */
export function infected({ name, scan }: Attachment): Problem {
  return new Problem('rule-refused', `文件“${name}”查出病毒（${scan?.signature ?? '未注明'}），已隔离，任何人不能打开，也不计入材料；请清除病毒后重新上传`, { rule: 'fileIsClean', article: fileIsClean });
}

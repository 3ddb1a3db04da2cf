import type { FileDesk } from '../files/desk.ts';
import { attachmentOfKey } from '../files/attachment.ts';
import { keepVerdict } from './keep-verdict.ts';
import type { Verdict } from './verdict.ts';

/** What GuardDuty Malware Protection for S3 tells EventBridge of one object ("GuardDuty Malware Protection Object Scan Result"), as far as we read it. */
export interface ScanResult {
  readonly detail: {
    readonly scanStatus: string;
    readonly s3ObjectDetails: { readonly bucketName: string; readonly objectKey: string; readonly versionId?: string };
    readonly scanResultDetails?: { readonly scanResultStatus?: string; readonly threats?: readonly { readonly name: string }[] | null };
  };
}

/** Notes GuardDuty's verdict on the attachment it is about; the same event again, or one about no attachment of ours, changes nothing. */
export async function noteVerdict(desk: FileDesk, { detail }: ScanResult): Promise<'noted' | 'ignored'> {
  const { bucketName, objectKey } = detail.s3ObjectDetails;
  const about = bucketName === desk.bucket.name ? attachmentOfKey(objectKey) : undefined;
  return about ? keepVerdict(desk, about, 'guardDuty', verdictOf(detail)) : 'ignored';
}

function verdictOf({ scanStatus, scanResultDetails }: ScanResult['detail']): Verdict {
  switch (scanResultDetails?.scanResultStatus) {
    case 'NO_THREATS_FOUND':
      return { status: 'clean' };
    case 'THREATS_FOUND':
      return { status: 'infected', signature: (scanResultDetails.threats ?? []).map(({ name }) => name).join('、').slice(0, 200) || 'unnamed' };
    default:
      // UNSUPPORTED (too large, encrypted), ACCESS_DENIED, FAILED: nobody knows, so nobody else opens it.
      return { status: 'failed', reason: scanResultDetails?.scanResultStatus ?? scanStatus };
  }
}

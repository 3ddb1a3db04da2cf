import { toBuffer } from 'qrcode';
import type { Block } from './content.ts';
import { chineseDay } from './chinese-day.ts';
import { dayOf } from '../../shared/days.ts';
import { header } from '../http/door.ts';
import type { HttpRequest } from '../http/shell.ts';
import type { Mark } from './printing.ts';

/** The QR code and the words that make a final print one of ours; nothing on a draft, or where there is no proof. */
export async function stampOf(mark: Mark): Promise<Block[]> {
  if (mark.draft || !mark.proof) return [];
  const { certificate, address } = mark.proof;
  return qrStamp(address, [`核验码：${certificate.code}`, `内容摘要（SHA-256）：${certificate.content.sha256}`, `截至${chineseDay(dayOf(certificate.at))}第${certificate.version}次办理；扫码或访问 ${address} 核验`]);
}

/** A QR code of an address, and lines beside it. */
export async function qrStamp(address: string, lines: readonly string[]): Promise<Block[]> {
  return [{ kind: 'stamp', png: await toBuffer(address, { errorCorrectionLevel: 'M', margin: 1, scale: 6 }), lines }];
}

/** Where a code is checked, at the address by which this request came. */
export function codeAddress(request: HttpRequest, code: string): string {
  // On AWS the gateway is reached by HTTPS alone; the local cloud has no TLS and says so.
  return `${header(request, 'x-forwarded-proto') === 'http' ? 'http' : 'https'}://${request.requestContext.domainName}/verify/${code}`;
}

/** What stands at the foot of every page beside its number. */
export function footerOf(mark: Mark): string {
  if (mark.draft) return '草稿，不作为正式申报材料';
  return mark.proof ? `核验码 ${mark.proof.certificate.code}` : '';
}

import { dayOf } from '../../shared/days.ts';
import { header } from '../http/door.ts';
import { Problem } from '../http/problem.ts';
import { jsonAnswer, type HttpAnswer, type HttpRequest } from '../http/shell.ts';
import { htmlAnswer } from '../site/html.ts';
import type { Bucket } from '../files/bucket.ts';
import type { Table } from '../store/table.ts';
import { certificateOf } from './certificate.ts';
import { chineseDay } from './chinese-day.ts';
import { printTitles } from './printed-form.ts';
import { verifiedMinutes } from './meetings/meeting-documents.ts';
import type { Verification } from './verification.ts';
import { verifiedReport } from './effects/report-code.ts';
import { verifiedExtract, verifiedList } from './published/verified.ts';

/** Answers what a verification code stands for, as a page for people who scanned it, as JSON for programs. Throws `Problem` when nothing of ours has it. */
export async function verification({ table, bucket }: { readonly table: Table; readonly bucket: Bucket }, request: HttpRequest, code: string): Promise<HttpAnswer> {
  const answer = (await formFound(table, code)) ?? (await verifiedList(table, code)) ?? (await verifiedExtract(table, bucket, code)) ?? (await verifiedMinutes(table, code)) ?? (await verifiedReport(bucket, code));
  if (!answer) throw new Problem('not-found', '没有这个核验码，请逐字核对；如果无误，则这份文件不是本系统出具的，或内容已被改动');
  const wantsPage = (header(request, 'accept') ?? '').includes('text/html');
  return wantsPage ? htmlAnswer(() => page(answer), undefined) : jsonAnswer(answer);
}

async function formFound(table: Table, code: string): Promise<Verification | undefined> {
  const found = await certificateOf(table, code);
  if (!found) return undefined;
  const { certificate, ...since } = found;
  return { ...certificate, ...since, title: printTitles[certificate.form] };
}

function page(answer: Verification): string {
  const rows = rowsOf(answer);
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>文件核验</title>
<style>body{font:16px/1.7 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}td,th{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;word-break:break-all}th{white-space:nowrap;font-weight:600}</style></head>
<body><h1>文件核验：由本系统出具</h1><p>请将下列内容与手中的文件逐项比对。</p><table>${rows.map(([name = '', value = '']) => `<tr><th>${escaped(name)}</th><td>${escaped(value)}</td></tr>`).join('')}</table></body></html>`;
}

function rowsOf(answer: Verification): string[][] {
  switch (answer.form) {
    case 'list':
    case 'extract':
      return listRows(answer);
    case 'evaluations':
      return [
        ['文件', answer.title], ['内容', answer.scenario], ['首次出具', chineseDay(dayOf(answer.at))], ['此后', answer.latest ? '没有出具新的一版' : '评估结果有更新，已出具新的一版，请索取最新文件'],
        ['内容摘要 SHA-256', answer.content.sha256], ['内容摘要 SM3', answer.content.sm3],
      ];
    default:
      return [
        ['文件', answer.title], ['场景', answer.scenario], ['记录编号', answer.case], ['版本', `第${answer.version}次办理后（${chineseDay(dayOf(answer.at))}）`],
        ['此后', `${answer.unchanged ? '文件内容没有改动' : '文件内容已有改动，请索取最新文件'}，${answer.latest ? '没有新的办理' : '还有新的办理'}`],
        ['内容摘要 SHA-256', answer.content.sha256], ['内容摘要 SM3', answer.content.sm3], ...eventRows('办理记录', answer),
      ];
  }
}

const eventRows = (what: string, { event }: Verification): string[][] => (event ? [[`${what}摘要 SHA-256`, event.sha256], [`${what}摘要 SM3`, event.sm3]] : []);

function listRows(answer: Verification): string[][] {
  const { form, latest, unchanged, onList } = answer;
  const since = latest ? '这是最新一版清单' : form === 'list' ? '清单已有更正的新版，请查阅最新一版' : onList === false ? '此后已从清单中撤销，本节录不再有效' : unchanged ? '清单已有更正的新版，这一项没有改动' : '清单已有更正的新版，这一项已更正，请索取最新节录';
  return [
    ['文件', answer.title], [form === 'list' ? '清单' : '场景', answer.scenario], ...(answer.number === undefined ? [] : [['清单编号', answer.number]]), ['批次', `${answer.batch ?? ''} 第${answer.edition ?? 1}版`],
    ['发布文号', answer.documentNo ?? ''], ['发布日期', chineseDay(dayOf(answer.at))], ['此后', since],
    ['内容摘要 SHA-256', answer.content.sha256], ['内容摘要 SM3', answer.content.sm3], ...eventRows('发布记录', answer),
  ];
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

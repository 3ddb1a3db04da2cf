import { idFrom } from '../../http/routes.ts';
import { Problem } from '../../http/problem.ts';
import { jsonAnswer, type HttpAnswer, type HttpRequest } from '../../http/shell.ts';
import { whoAsks, whoAsksAbout } from '../../http/who.ts';
import { evaluationOf, evaluationsFor, type EvaluationList } from '../../evaluations/evaluations.ts';
import type { FileDesk } from '../../files/desk.ts';
import { fileAnswer } from '../answering.ts';
import type { Content } from '../content.ts';
import type { FontFiles } from '../pdf.ts';
import { pdfType, wordType, workbookType } from '../names.ts';
import { printBook } from '../print.ts';
import { codeAddress } from '../stamp.ts';
import { evaluationNotice, evaluationReport } from './evaluation-prints.ts';
import { issuedLetters, recoveryLetters, type LetterName } from './recovery-letters.ts';
import { letterContent } from './recovery-prints.ts';
import { reportProof } from './report-code.ts';

/** What prints need of a desk. */
type PrintDesk = FileDesk & { readonly fonts: FontFiles };

type Format = 'docx' | 'pdf';
type Parts = Readonly<Record<string, string>>;

/** The routes of reports, notices and letters about effects and recoveries. */
export const effectRoutes = {
  evaluationWorkbook: 'GET /evaluations.xlsx',
  evaluationWord: 'GET /evaluations.docx',
  evaluationPdf: 'GET /evaluations.pdf',
  evaluationNotice: 'GET /scenarios/{id}/evaluation-notices/{name}',
  recoveryLetters: 'GET /recoveries/{id}/documents',
  recoveryLetter: 'GET /recoveries/{id}/documents/{name}',
} as const;

type EffectRoute = keyof typeof effectRoutes;

/** Whether a route is one of these. */
export function isOfEffects(name: string): name is EffectRoute {
  return Object.hasOwn(effectRoutes, name);
}

/** Answers a request about effects and recoveries. Throws `Problem`. */
export async function effectDocument(desk: PrintDesk, request: HttpRequest, name: EffectRoute, parts: Parts): Promise<HttpAnswer> {
  switch (name) {
    case 'evaluationWorkbook':
      return evaluationFile(desk, request, 'xlsx');
    case 'evaluationWord':
      return evaluationFile(desk, request, 'docx');
    case 'evaluationPdf':
      return evaluationFile(desk, request, 'pdf');
    case 'evaluationNotice':
      return evaluationNoticeFile(desk, request, parts);
    case 'recoveryLetters':
      return recoveryFiles(desk, request, parts);
    case 'recoveryLetter':
      return recoveryFile(desk, request, parts);
  }
}

/** The evaluation report of a year in a format. Throws `Problem`. */
async function evaluationFile(desk: PrintDesk, request: HttpRequest, format: Format | 'xlsx'): Promise<HttpAnswer> {
  const list = await evaluationsFor(desk, request, await whoAsks(desk.table, request));
  if (format !== 'xlsx') return evaluationPrint(desk, request, format, list);
  const { evaluationWorkbook } = await import('./evaluation-workbook.ts');
  return fileAnswer({ name: `evaluations-${list.year}.xlsx`, type: workbookType, title: `数字应用场景成效评估-${list.year}`, bytes: await evaluationWorkbook(list) });
}

async function evaluationPrint(desk: PrintDesk, request: HttpRequest, format: Format, list: EvaluationList): Promise<HttpAnswer> {
  const proof = await reportProof(desk.bucket, list);
  return printed(desk, `evaluations-${list.year}`, format, await evaluationReport(list, proof && { proof, address: codeAddress(request, proof.code) }));
}

/** The commendation or criticism of one scenario in a year, by a name like `2026.docx`. Throws `Problem`. */
async function evaluationNoticeFile(desk: PrintDesk, request: HttpRequest, parts: Parts): Promise<HttpAnswer> {
  const { head } = await whoAsksAbout(desk.table, request, parts, 'scenarios');
  const [, year, format] = /^(20\d{2})\.(docx|pdf)$/.exec(parts['name'] ?? '') ?? [];
  const row = year === undefined ? undefined : await evaluationOf(desk.table, head, Number(year), desk);
  const content = row && evaluationNotice(row);
  if (!content) throw new Problem('not-found', '没有这份通报：该年度没有评估，或评估等次为一般（不发通报）；文件名如 2026.docx、2026.pdf');
  return printed(desk, `notice-${year}`, format as Format, content);
}

/** Which letters of a recovery there are by now, each as Word and PDF. Throws `Problem`. */
async function recoveryFiles(desk: PrintDesk, request: HttpRequest, parts: Parts): Promise<HttpAnswer> {
  const { head } = await whoAsksAbout(desk.table, request, parts, 'recoveries');
  const told = new Set((await issuedLetters(desk.table, head)).map(({ letter }) => letter.name));
  const letters = (Object.keys(recoveryLetters) as LetterName[]).filter((name) => told.has(name));
  const items = letters.flatMap((letter) => Object.entries(letterFormats).map(([format, { type, label }]) => ({ name: `${letter}.${format}`, type, title: `${recoveryLetters[letter].title}（${label}）`, href: `/recoveries/${head.id}/documents/${letter}.${format}` })));
  return jsonAnswer({ draft: false, items });
}

const letterFormats = { docx: { type: wordType, label: 'Word' }, pdf: { type: pdfType, label: 'PDF' } } as const satisfies Record<Format, object>;

/** A letter of a recovery, by a name like `demand.pdf`. Throws `Problem`. */
async function recoveryFile(desk: PrintDesk, request: HttpRequest, parts: Parts): Promise<HttpAnswer> {
  const { head } = await whoAsksAbout(desk.table, request, { id: idFrom(parts, 'id') }, 'recoveries');
  const [, name, format] = /^(\w+)\.(docx|pdf)$/.exec(parts['name'] ?? '') ?? [];
  const issued = (await issuedLetters(desk.table, head)).findLast(({ letter }) => letter.name === name);
  if (!issued) throw new Problem('not-found', '没有这份文书，或尚未办到这一步；可下载：notice、decision、demand（.docx、.pdf）');
  const { letter, certificate } = issued;
  const mark = { draft: false, proof: { certificate, address: codeAddress(request, certificate.code) } } as const;
  return printed(desk, letter.name, format as Format, await letterContent(letter, mark));
}

async function printed(desk: PrintDesk, name: string, format: Format, content: Content): Promise<HttpAnswer> {
  return fileAnswer({ name: `${name}.${format}`, type: format === 'pdf' ? pdfType : wordType, title: content.title, bytes: await printBook(content, format, desk.fonts) });
}

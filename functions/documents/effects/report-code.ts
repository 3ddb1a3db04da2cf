import { choiceLabels } from '../../../machines/labels-of-arguments.zh.ts';
import { canonical } from '../../../shared/canonical.ts';
import { evaluationGrades, type EvaluationList } from '../../evaluations/evaluations.ts';
import { objectExists, readObject, writeObject, type Bucket } from '../../files/bucket.ts';
import type { Verification } from '../verification.ts';
import type { Digests } from '../../../shared/evidence.ts';
import { digestsOf } from '../../store/digest.ts';

/** What proves a print that was made of several cases: its code, what it is of, and the digests of all that it says. */
export interface ReportProof {
  readonly code: string;
  readonly title: string;
  readonly scenarios: number;
  /** When it was first printed (UTC ISO instant). */
  readonly at: string;
  readonly content: Digests;
}

/** The title of the report of a year, or of its scenarios of one grade. */
export function reportTitle({ year, grade }: Pick<EvaluationList, 'year' | 'grade'>): string {
  return `广西数字应用场景成效评估报告（${year}年度${grade === undefined ? '' : `，${choiceLabels['grade']?.[grade] ?? grade}`}）`;
}

/**
 * The proof of an evaluation report, kept when it is first printed: no log has the event of a print that was made of many cases,
 * and to make it again for whoever asks for a code would let strangers read them all. The same contents have the same code.
 * Nothing is proved of an empty report.
 */
export async function reportProof(bucket: Bucket, list: EvaluationList): Promise<ReportProof | undefined> {
  const { year, at, items } = list;
  if (items.length === 0) return undefined;
  // Whether a report is overdue changes with the day, not with what was evaluated.
  const content = digestsOf(canonical({ form: 'evaluations', year, items: items.map((row) => JSON.parse(JSON.stringify({ ...row, overdue: false }))) }));
  const code = `${batchOf(list)}-${items.length}-${content.sha256.slice(0, 16)}`;
  const proof: ReportProof = { code, title: reportTitle(list), scenarios: items.length, at, content };
  if (!(await objectExists(bucket, keyOf(code)))) await writeObject(bucket, keyOf(code), 'application/json', pieces(JSON.stringify(proof)), true);
  await writeObject(bucket, keyOf(batchOf(list)), 'application/json', pieces(JSON.stringify({ code })));
  return JSON.parse((await readText(bucket, keyOf(code))) ?? '') as ReportProof;
}

/** What the code of a report stands for; `undefined` when none of ours has it. `unchanged`: no other report of that year and grade was printed since. */
export async function verifiedReport(bucket: Bucket, code: string): Promise<Verification | undefined> {
  const [, batch] = codeShape.exec(code) ?? [];
  const kept = batch === undefined ? undefined : await readText(bucket, keyOf(code));
  if (batch === undefined || kept === undefined) return undefined;
  const { title, scenarios, at, content } = JSON.parse(kept) as ReportProof;
  const newest = JSON.parse((await readText(bucket, keyOf(batch))) ?? '{}') as { readonly code?: string };
  const latest = newest.code === code;
  return { code, form: 'evaluations', title, scenario: `${scenarios}个场景`, case: batch, version: scenarios, at, latest, unchanged: latest, content };
}

const batchOf = ({ year, grade }: EvaluationList): string => `evaluations-${year}${grade === undefined ? '' : `-${grade}`}`;
const codeShape = new RegExp(`^(evaluations-20\\d{2}(?:-(?:${evaluationGrades.join('|')}))?)-[1-9]\\d{0,4}-[0-9a-f]{16}$`);
const keyOf = (name: string): string => `prints/${name}.json`;

async function readText(bucket: Bucket, key: string): Promise<string | undefined> {
  const object = await readObject(bucket, key);
  if (!object) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of object.pieces) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function* pieces(text: string): AsyncGenerator<string> {
  yield text;
}

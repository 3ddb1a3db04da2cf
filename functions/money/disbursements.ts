import type { Json } from '../../machines/decision.ts';
import { fundLineLabels } from '../../machines/labels.zh.ts';
import type { FundLineName } from '../../machines/ledger/accounts.ts';
import type { CaseUnit } from '../../machines/scenario/context.ts';
import { dayOf } from '../../shared/days.ts';
import { titleOf } from '../cases/about.ts';
import type { Desk } from '../cases/act.ts';
import type { HttpRequest } from '../http/shell.ts';
import { eventOf } from '../store/case.ts';
import type { EventRecord } from '../store/chain.ts';
import { caseKey, sk, type Key } from '../store/keys.ts';
import { entriesOf, type PostedEntry } from '../store/ledger.ts';
import { loadHeads, readItems } from '../store/load.ts';
import type { Table } from '../store/table.ts';
import { inHundreds } from './in-hundreds.ts';
import { askedYear } from './ledger.ts';

/** One line of the disbursement ledger (资金拨付台账); amounts in fen, a payment or what came back. */
export interface Disbursement {
  readonly on: string;
  readonly kind: '拨付' | '收回' | '核销';
  readonly scenario: string;
  readonly title: string;
  readonly unit: string;
  readonly uscc: string;
  readonly line: string;
  readonly article: string;
  readonly policy: string;
  readonly investmentFen: number | null;
  readonly percent: number | null;
  readonly ceilingFen: number | null;
  readonly awardFen: number | null;
  readonly paidFen: number;
  readonly backFen: number;
  readonly voucherNo: string;
  readonly fundSource: string;
  readonly by: string;
}

/** The disbursement ledger of a year: each payment, each repayment and each write-off as the books have them, in the order of time. */
export async function disbursementsOf(table: Table, year: number): Promise<Disbursement[]> {
  const entries: PostedEntry[] = [];
  for await (const entry of entriesOf(table, year)) if (kindOf(entry)) entries.push(entry);
  const events = await eventsBehind(table, entries);
  const scenarios = new Map((await inHundreds([...new Set(entries.map(scenarioOf))], (ids) => loadHeads(table, ids))).map((head) => [head.id, head]));
  return entries.flatMap((entry) => {
    const event = events.get(`${entry.case}#${entry.n}`);
    const head = scenarios.get(scenarioOf(entry));
    if (!event || !head) throw new Error(`the entry of ${entry.case} ${entry.n} has no event or no scenario`);
    return [rowOf(entry, event, titleOf(head.snapshot), head.snapshot.context['unit'] as unknown as CaseUnit)];
  });
}

// Far below the 6 MB that a function may answer.
const mostAnswered = 3000;

/** The disbursement ledger of the year that a request names, the newest first, with the sums of all of it. Throws `Problem`. */
export async function disbursementPage(desk: Pick<Desk, 'table' | 'now'>, request: HttpRequest): Promise<Record<string, unknown>> {
  const year = askedYear(desk, request);
  const all = await disbursementsOf(desk.table, year);
  const sum = (of: 'paidFen' | 'backFen') => all.reduce((total, row) => total + row[of], 0);
  return { year, paidFen: sum('paidFen'), backFen: sum('backFen'), cut: all.length > mostAnswered, items: all.toReversed().slice(0, mostAnswered) };
}

/** What an entry is in this ledger; undefined for commitments, budgets and decisions, which are in the journal. */
function kindOf({ command, lines }: PostedEntry): Disbursement['kind'] | undefined {
  if (command === 'confirmPayment') return '拨付';
  if (command === 'approveWriteOff') return '核销';
  return command === 'returnFunds' && lines.some(({ account }) => account === 'receivable') ? '收回' : undefined;
}

function scenarioOf({ lines }: PostedEntry): string {
  return lines[0]?.scenario ?? '';
}

async function eventsBehind(table: Table, entries: readonly PostedEntry[]): Promise<ReadonlyMap<string, EventRecord>> {
  const keys: Key[] = entries.map((entry) => caseKey(entry.case, sk.event(entry.n)));
  const items = await inHundreds(keys, async (some) => [...(await readItems(table, some)).values()]);
  return new Map(items.map((item) => eventOf(item).event).map((event) => [`${event.case}#${event.n}`, event]));
}

function rowOf(entry: PostedEntry, { args, article, policy, money, actor, at }: EventRecord, title: string, unit: CaseUnit): Disbursement {
  const kind = kindOf(entry) ?? '拨付';
  const first = entry.lines[0];
  const fen = Math.abs(first?.fen ?? 0);
  const figure = (name: string): number | null => (typeof money?.[name] === 'number' ? money[name] : null);
  return {
    on: textOf(args['paidOn']) || dayOf(at),
    kind,
    scenario: scenarioOf(entry),
    title, unit: unit.name, uscc: unit.uscc ?? '',
    line: fundLineLabels[(first?.line ?? 'reward') satisfies FundLineName],
    article, policy,
    investmentFen: figure('investmentFen'), percent: figure('percent'), ceilingFen: figure('ceilingFen'), awardFen: figure('awardFen'),
    paidFen: kind === '拨付' ? fen : 0,
    backFen: kind === '拨付' ? 0 : fen,
    voucherNo: textOf(args['voucherNo']) || textOf(args['receiptNo']), fundSource: textOf(args['fundSource']), by: actor.name,
  };
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

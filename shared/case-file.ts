import * as z from 'zod/mini';
import { canonical } from './canonical.ts';
import { brokenSeal, verifyChain, type Digester, type Link } from './evidence.ts';

const digests = z.object({ sha256: z.string(), sm3: z.string() });
const members = z.record(z.string(), z.unknown());
const actor = z.object({ name: z.string(), org: z.object({ name: z.string() }) });
const told = { n: z.int(), at: z.string(), command: z.string(), leaves: z.array(z.string()), article: z.string(), reason: z.optional(z.string()) };
const whole = z.object({ event: z.looseObject({ ...told, args: members, actor }), digests });
const withheld = z.object({ ...told, withheld: z.literal(true), sha256: z.string(), sm3: z.string(), actor: z.object({ name: z.string() }) });

/** A case file as it is exported, as far as its check reads it. */
const caseFileShape = z.object({
  case: z.string(),
  lifecycle: z.string(),
  version: z.int(),
  end: digests,
  state: z.array(z.string()),
  events: z.array(z.union([whole, withheld])),
  payments: z.array(z.looseObject({ n: z.int(), at: z.string(), amountFen: z.int() })),
  attachments: z.array(z.looseObject({ id: z.string(), part: z.string(), name: z.string(), size: z.int(), sha256: z.string(), sm3: z.string(), status: z.enum(['confirmed', 'removed']) })),
});

/** A case file that was read. */
export type ReadCaseFile = z.infer<typeof caseFileShape>;

/** The checks of a case file in the order they are made. */
export const caseFileChecks = ['readable', 'form', 'seal', 'events', 'end', 'attachments', 'payments'] as const;

/** One check by name: held, or where it first did not (an event's number, an attachment's id). */
export interface Check {
  readonly name: (typeof caseFileChecks)[number];
  readonly ok: boolean;
  readonly where?: string;
}

/** What the check of a case file found; `file` is there when it could be read at all, `whole` when every check holds. */
export interface CaseFileFindings {
  readonly whole: boolean;
  readonly checks: readonly Check[];
  readonly file?: ReadCaseFile;
}

/** Checks the bytes of an exported case file: written as it was exported and sealed, its events complete and chained, its end, attachments and payments what the events say. Any bytes give an answer. */
export function checkCaseFile(bytes: Uint8Array, digester: Digester): CaseFileFindings {
  const { broken, record } = brokenSeal(bytes, digester);
  const read = caseFileShape.safeParse(record);
  if (broken === 'unreadable' || !read.success) return { whole: false, checks: [{ name: 'readable', ok: false }] };
  const file = read.data;
  const checks: Check[] = [
    { name: 'readable', ok: true },
    { name: 'form', ok: broken !== 'rewritten' },
    { name: 'seal', ok: broken === undefined },
    eventsHold(record, digester),
    { name: 'end', ok: endsAsStated(file) },
    firstWrong('attachments', wrongAttachment(file)),
    firstWrong('payments', wrongPayment(file)),
  ];
  return { whole: checks.every(({ ok }) => ok), checks, file };
}

// The links are taken from the record as it came: what was hashed has members that no schema here knows.
function eventsHold({ events }: Readonly<Record<string, unknown>>, digester: Digester): Check {
  try {
    const found = verifyChain((events as { event?: { n: number }; digests: Link['digests']; n: number; sha256: string; sm3: string }[]).map(({ event, digests: own, n, sha256, sm3 }) => (event ? { event, digests: own } : { n, digests: { sha256, sm3 } })), digester);
    return found.ok ? { name: 'events', ok: true } : { name: 'events', ok: false, where: String(found.n) };
  } catch {
    return { name: 'events', ok: false }; // an event without a canonical form was never exported
  }
}

function endsAsStated({ events, version, state, end }: ReadCaseFile): boolean {
  const last = events.at(-1);
  if (!last || events.length !== version) return false;
  const at = 'event' in last ? last.digests : { sha256: last.sha256, sm3: last.sm3 };
  return at.sha256 === end.sha256 && at.sm3 === end.sm3 && canonical(('event' in last ? last.event : last).leaves) === canonical(state);
}

function firstWrong(name: Check['name'], where: string | undefined): Check {
  return where === undefined ? { name, ok: true } : { name, ok: false, where };
}

/** The first attachment that is not what its event registered, or that an event registered and the file lacks. */
function wrongAttachment({ events, attachments }: ReadCaseFile): string | undefined {
  const told = events.flatMap((each) => ('event' in each ? [each.event] : []));
  const registered = new Map(told.filter(({ command }) => command === 'confirmAttachment').map(({ args }) => [String(args['attachment']), args]));
  const removed = new Set(told.filter(({ command }) => command === 'removeAttachment').map(({ args }) => String(args['attachment'])));
  const wrong = attachments.find((one) => {
    const args = registered.get(one.id);
    const same = args !== undefined && (['part', 'name', 'size', 'sha256', 'sm3'] as const).every((name) => args[name] === one[name]);
    return !same || removed.has(one.id) !== (one.status === 'removed');
  });
  return wrong?.id ?? [...registered.keys()].find((id) => attachments.every((one) => one.id !== id));
}

/** The first payment that no event of that number, instant and amount made. */
function wrongPayment({ events, payments }: ReadCaseFile): string | undefined {
  const wrong = payments.find(({ n, at, amountFen }) => {
    const one = events[n - 1];
    if (!one || !('event' in one)) return one === undefined;
    const asked = one.event.args['amountFen'];
    return one.event.at !== at || (typeof asked === 'number' && asked !== amountFen);
  });
  return wrong === undefined ? undefined : String(wrong.n);
}

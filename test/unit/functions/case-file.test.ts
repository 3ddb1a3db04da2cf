import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { archivedEvent, caseFileText, type CaseFile } from '../../../functions/cases/case-file.ts';
import { chained, type Head, type StoredEvent } from '../../../functions/store/case.ts';
import { digestsOf } from '../../../functions/store/digest.ts';
import type { EventRecord } from '../../../functions/store/chain.ts';
import { canonical } from '../../../shared/canonical.ts';
import { checkCaseFile, type Check } from '../../../shared/case-file.ts';
import { noDigests, sealed } from '../../../shared/evidence.ts';
import { digestsOf as digestsInBrowser } from '../../../web/verifier/digests.ts';
import { by } from '../machines/story.ts';

const digest = digestsOf('一份附件');
const file = { attachment: 'a-1', part: 'auditReport', name: '审计报告.pdf', size: 12, ...digest };

function event(n: number, command: string, args: EventRecord['args'], leaves: readonly string[]): EventRecord {
  return { n, case: 's-1', at: `2025-03-0${n}T02:00:00.000Z`, type: 'happened', command, args, article: 'art. 14(2)', policy: 'gx-2025-draft', definition: 'socialInvestment@0.1.0', actor: by('qin-hai'), leaves, routes: {}, entered: {} };
}

const told: readonly EventRecord[] = [
  event(1, 'open', { form: { name: '智慧矿山 ⛏️' } }, ['declaration.draft']),
  event(2, 'confirmAttachment', file, ['declaration.draft']),
  event(3, 'assignExperts', { experts: ['expert-chen'] }, ['selection.reviewing']),
  event(4, 'confirmPayment', { amountFen: 165_200_000 }, ['support.promotion.drafting']),
];

function caseFileOf(events: readonly EventRecord[]): CaseFile {
  const stored = events.reduce<StoredEvent[]>((before, each) => [...before, chained(each, before.at(-1)?.digests ?? noDigests, undefined)], []);
  const last = stored.at(-1);
  const head = { id: 's-1', lifecycle: 'socialInvestment', version: events.length, digests: last?.digests ?? noDigests, snapshot: { value: { support: { promotion: 'drafting' } } } } as unknown as Head;
  return {
    head,
    events: stored,
    payments: [{ n: 4, at: '2025-03-04T02:00:00.000Z', kind: 'oneOff', amountFen: 165_200_000, explanation: { article: 'art. 15(1)' } }],
    attachments: [{ id: 'a-1', part: 'auditReport', name: '审计报告.pdf', type: 'application/pdf', size: 12, ...digest, status: 'confirmed', createdAt: '2025-03-02T01:00:00.000Z', by: 'qin-hai' }],
    verification: { ok: true, events: events.length },
  };
}

/** The third event as somebody gets it whom the review is blind to. */
function withheld({ event: { n, at, type, command, article, policy, leaves }, digests }: StoredEvent) {
  return { n, at, type, command, article, policy, leaves: [...leaves], actor: { person: '', name: '（评审环节，不公开）', roles: [], org: '', orgName: '' }, args: {}, withheld: true, ...digests };
}

const whole = caseFileOf(told);
const text = caseFileText(whole, whole.events.map(archivedEvent));
const partial = caseFileText(whole, whole.events.map((each) => (each.event.n === 3 ? withheld(each) : archivedEvent(each))));
const bytesOf = (content: string): Buffer => Buffer.from(content, 'utf8');
const check = (bytes: Uint8Array) => checkCaseFile(bytes, digestsOf);
const failed = (bytes: Uint8Array): Check['name'][] => check(bytes).checks.filter(({ ok }) => !ok).map(({ name }) => name);

/** A case file as a forger takes it apart. */
interface Forged extends Record<string, unknown> {
  state: string[];
  readonly events: { event: { args: { form: { name: string } } }; sm3: string }[];
  readonly attachments: { id: string; sha256: string }[];
  readonly payments: { n: number; amountFen: number }[];
}

function opened(content: string): Forged {
  const { seal: _seal, ...record } = JSON.parse(content) as Forged;
  return record as Forged;
}

/** A change of the record by somebody who seals it again. */
function forged(change: (record: Forged) => unknown): Buffer {
  const record = opened(text);
  change(record);
  return bytesOf(sealed(record, digestsOf));
}

describe('an exported case file', () => {
  it.each([['whole', text], ['with events withheld', partial]])('is proven %s', (_, content) => {
    expect(check(bytesOf(content))).toMatchObject({ whole: true, file: { case: 's-1', version: 4 } });
  });

  it('is digested alike by the server and in the browser', () => {
    expect(checkCaseFile(bytesOf(text), digestsInBrowser).whole).toBe(true);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (any) => void expect(digestsInBrowser(any)).toEqual(digestsOf(any))), { numRuns: 50 });
  });

  it.each([['whole', text], ['partial', partial]])('shows a changed byte at every place (%s)', (_, content) => {
    const bytes = bytesOf(content);
    const missed: number[] = [];
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (bytes[at] ?? 0) ^ (1 + ((at * 89) % 255));
      if (check(changed).whole) missed.push(at);
    }
    expect(missed).toEqual([]);
  });

  it('shows any other byte anywhere, and any byte added or taken away', () => {
    const bytes = bytesOf(text);
    const place = fc.nat(bytes.length - 1);
    fc.assert(fc.property(place, fc.integer({ min: 1, max: 255 }), (at, by) => !check(Buffer.concat([bytes.subarray(0, at), Buffer.from([(bytes[at] ?? 0) ^ by]), bytes.subarray(at + 1)])).whole), { numRuns: 300 });
    fc.assert(fc.property(place, fc.nat(255), (at, byte) => !check(Buffer.concat([bytes.subarray(0, at), Buffer.from([byte]), bytes.subarray(at)])).whole), { numRuns: 300 });
    fc.assert(fc.property(place, (at) => !check(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)])).whole), { numRuns: 300 });
  });

  it.each<[string, (record: Forged) => unknown, Check['name'][]]>([
    ['an event changed', (record) => ((record.events[0] as Forged['events'][number]).event.args.form.name = '别的场景'), ['events']],
    ['an event taken out', (record) => record.events.splice(1, 1), ['events', 'end', 'attachments', 'payments']],
    ['events put in another order', (record) => record.events.reverse(), ['events', 'end', 'payments']],
    ['the last event cut off', (record) => record.events.pop(), ['end', 'payments']],
    ['another place', (record) => (record.state = ['closed']), ['end']],
    ['an attachment exchanged', (record) => ((record.attachments[0] as Forged['attachments'][number]).sha256 = digestsOf('另一份').sha256), ['attachments']],
    ['an attachment left out', (record) => record.attachments.pop(), ['attachments']],
    ['an attachment put in', (record) => record.attachments.push({ ...(record.attachments[0] as Forged['attachments'][number]), id: 'a-2' }), ['attachments']],
    ['a payment changed', (record) => ((record.payments[0] as Forged['payments'][number]).amountFen = 1), ['payments']],
    ['a payment put in', (record) => record.payments.push({ ...(record.payments[0] as Forged['payments'][number]), n: 9 }), ['payments']],
  ])('is found out when sealed again: %s', (_, change, names) => {
    expect(failed(forged(change))).toEqual(names);
  });

  it('finds a changed digest of a withheld event by the event after it', () => {
    const record = opened(partial);
    (record.events[2] as { sm3: string }).sm3 = digestsOf('x').sm3;
    expect(failed(bytesOf(sealed(record, digestsOf)))).toEqual(['events']);
  });

  it('answers any bytes, and any JSON, without failing', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => !check(bytes).whole));
    fc.assert(fc.property(fc.dictionary(fc.constantFrom('case', 'events', 'seal', 'state', 'version', 'attachments'), fc.jsonValue()), (value) => !check(bytesOf(canonical(value))).whole));
    expect(failed(bytesOf('{"a":"\\ud800"}'))).toEqual(['readable']);
    expect(failed(bytesOf(`${'['.repeat(100_000)}${']'.repeat(100_000)}`))).toEqual(['readable']);
  });
});

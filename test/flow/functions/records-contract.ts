import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Accepted, Task } from '../../../machines/decision.ts';
import type { Change } from '../../../functions/store/change.ts';
import type { Actor } from '../../../shared/actor.ts';
import { verifyCase } from '../../../functions/store/chain.ts';
import { formAt, revisionsBetween, revisionsDown } from '../../../functions/store/forms.ts';
import { caseKey, sk } from '../../../functions/store/keys.ts';
import { casesIn, expertsIn, itemsOf, organisationsIn, placedTasks } from '../../../functions/store/lists.ts';
import { eventsAfter, joinedReads, loadAsking, loadCase, loadEvent } from '../../../functions/store/load.ts';
import { messagesOf, overdueMessages, deliveredWrite } from '../../../functions/store/outbox.ts';
import { orgItem, personItem } from '../../../functions/store/people.ts';
import { put } from '../../../functions/store/put.ts';
import { Conflict, saveDecision, saveTogether } from '../../../functions/store/save.ts';
import { forgetWait, keepWait, noteLeft, waitsAt, waitsOf } from '../../../functions/store/tokens.ts';
import { loadLeg, nextLegRuns } from '../../../functions/store/legs.ts';
import type { Table } from '../../../functions/store/table.ts';

const clerk: Actor = { person: 'p1', name: '张三', roles: ['applicant'], org: { id: 'o1', name: '某单位', kind: 'enterprise', office: 'none', division: '450100' } };

function task(leaf: string, queue = 'applicant#o1'): Task {
  return { slot: 'main', leaf, queue, commands: ['go'], dueAt: '2025-02-01T00:00:00.000Z' };
}

function accepted(more: Partial<Accepted>): Accepted {
  return {
    ok: true,
    snapshot: { lifecycle: 'governmentInvestment', definition: 'governmentInvestment@0', status: 'active', value: { declaration: 'draft' }, context: { name: '甲' } },
    event: { type: 'happened', command: 'go', args: { 说明: '一' }, article: 'art. 1', policy: 'gx-2025-draft' },
    routes: {},
    entered: {},
    tasks: [],
    effects: [],
    ...more,
  };
}

function change(id: string, more: Partial<Change> = {}): Change {
  return { id, accepted: accepted({ entered: { 'declaration.draft': '2025-02-01T00:00:00.000Z' }, tasks: [task('declaration.draft')] }), actor: clerk, now: '2025-01-01T00:00:00.000Z', owner: 'o1', ...more };
}

const moved = accepted({
  routes: { 'declaration.draft': { to: 'intake.checking' } },
  entered: { 'intake.checking': '2025-03-01T00:00:00.000Z' },
  tasks: [{ ...task('intake.checking', 'bureauOfficer#b1'), slot: 'other' }],
});

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** What every store engine must do for the records; run against each engine we support. `countsAsAws` is false for DynamoDB Local, which doubles the writes of indexes and counts indexes that did not change. */
export function recordsContract(engine: string, countsAsAws: boolean, makeTable: () => Promise<{ table: Table; stop: () => Promise<void> }>): void {
  describe(`records on ${engine}`, () => {
    let table: Table;
    let stop: () => Promise<void>;
    beforeAll(async () => {
      ({ table, stop } = await makeTable());
    }, 60_000);
    afterAll(() => stop());

    it('gives back a case as it was saved', async () => {
      const [{ head }] = await saveDecision(table, [change('a1')]);
      expect(await loadCase(table, 'a1')).toEqual(head);
      expect(head).toMatchObject({ version: 1, at: { 'declaration.draft': { n: 1 } }, phaseSince: '2025-01-01T00:00:00.000Z' });
    });

    it('refuses the second of two saves on one version and writes nothing of it', async () => {
      const [{ head }] = await saveDecision(table, [change('b1')]);
      await saveDecision(table, [change('b1', { before: head, accepted: moved })]);
      await expect(saveDecision(table, [change('b1', { before: head, accepted: moved })])).rejects.toThrow(Conflict);
      expect(await all(eventsAfter(table, 'b1'))).toHaveLength(2);
      expect((await loadCase(table, 'b1'))?.version).toBe(2);
    });

    it('lets one of fifty concurrent saves win', async () => {
      const [{ head }] = await saveDecision(table, [change('c1')]);
      const tries = await Promise.allSettled(Array.from({ length: 50 }, () => saveDecision(table, [change('c1', { before: head, accepted: moved })])));
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(tries.every((one) => one.status === 'fulfilled' || one.reason instanceof Conflict)).toBe(true);
      expect((await all(eventsAfter(table, 'c1'))).map(({ event }) => event.n)).toEqual([1, 2]);
    });

    it('writes decisions about many cases together; who was overtaken takes only its own transaction along', async () => {
      const ids = Array.from({ length: 30 }, (_, index) => `together-${index}`);
      const heads = await Promise.all(ids.map(async (id) => (await saveDecision(table, [change(id)]))[0].head));
      const moves = heads.map((head) => [change(head.id, { before: head, accepted: moved })] as const);
      await saveDecision(table, [change('together-29', { before: heads[29], accepted: moved })]);
      // Two writes each, so twenty-five cases in a transaction.
      expect([...(await saveTogether(table, moves))]).toEqual(ids.slice(0, 25));
      expect(await Promise.all(ids.map(async (id) => (await loadCase(table, id))?.version))).toEqual(ids.map((_, index) => (index < 25 || index === 29 ? 2 : 1)));
      expect([...(await saveTogether(table, moves.slice(25, 29)))]).toEqual(ids.slice(25, 29));
    });

    it('lists one to-do of a case by its head and the others by items of their own, as they come and go', async () => {
      const listed = async (queue: string) => (await placedTasks(table, [queue], undefined, 10, { partition: 0 })).items.map(({ value }) => value).filter(({ case: id }) => id === 'd1').map(({ slot }) => slot);
      const tasks = [task('declaration.draft', 'd-first'), { ...task('declaration.draft', 'd-second'), slot: 'second' }];
      const [{ head }] = await saveDecision(table, [change('d1', { owner: 'o-d', accepted: accepted({ tasks }) })]);
      expect([await listed('d-first'), await listed('d-second')]).toEqual([['main'], ['second']]);
      expect((await itemsOf(table, 'd1', 'T#')).map((item) => item['sk']?.S)).toEqual(['T#second']);
      // The head's own is done: the other stays where it is, and the next new one is the head's.
      const [{ head: after }] = await saveDecision(table, [change('d1', { owner: 'o-d', before: head, accepted: { ...moved, tasks: tasks.slice(1) } })]);
      expect([await listed('d-first'), await listed('d-second'), after.listed]).toEqual([[], ['second'], undefined]);
      await saveDecision(table, [change('d1', { owner: 'o-d', before: after, accepted: { ...moved, tasks: [task('intake.checking', 'd-third')] } })]);
      expect([await listed('d-second'), await listed('d-third'), await itemsOf(table, 'd1', 'T#')]).toEqual([[], ['main'], []]);
    });

    it('has the head take over a to-do whose item would be written anew, once the head lists nothing else', async () => {
      const place = async () => (await placedTasks(table, ['d2-queue'], undefined, 10, { partition: 0 })).items.map(({ value }) => [value.slot, value.dueAt.slice(0, 10)]);
      const second = { ...task('declaration.draft', 'd2-queue'), slot: 'second' };
      const later = { ...second, dueAt: '2026-02-01T00:00:00.000Z' };
      const [{ head }] = await saveDecision(table, [change('d2', { owner: 'o-d', accepted: accepted({ tasks: [task('declaration.draft', 'd2-first'), second] }) })]);
      const [{ head: after }] = await saveDecision(table, [change('d2', { owner: 'o-d', before: head, accepted: { ...moved, tasks: [later] } })]);
      expect([after.listed?.slot, after.slots, await itemsOf(table, 'd2', 'T#'), await place()]).toEqual(['second', {}, [], [['second', '2026-02-01']]]);
      const [{ head: over }] = await saveDecision(table, [change('d2', { owner: 'o-d', before: after, accepted: { ...moved, tasks: [] } })]);
      expect([over.listed, await place()]).toEqual([undefined, []]);
    });

    it('chains events so that any tampering is found', async () => {
      const [{ head }] = await saveDecision(table, [change('e1')]);
      const [{ head: second }] = await saveDecision(table, [change('e1', { before: head, accepted: moved })]);
      await saveDecision(table, [change('e1', { before: second, accepted: accepted({}) })]);
      const events = await all(eventsAfter(table, 'e1'));
      expect(verifyCase(events)).toEqual({ ok: true, events: 3 });
      const [first, middle, last] = events as [(typeof events)[0], (typeof events)[0], (typeof events)[0]];
      const forged = { ...middle, event: { ...middle.event, reason: '改过的理由' } };
      expect(verifyCase([first, forged, last])).toEqual({ ok: false, n: 2, reason: 'sha256' });
      expect(verifyCase([first, last])).toEqual({ ok: false, n: 2, reason: 'gap' });
      expect(verifyCase([first, { ...middle, digests: { ...middle.digests, sm3: first.digests.sm3 } }, last])).toEqual({ ok: false, n: 2, reason: 'sm3' });
    });

    it('keeps payments and messages with their event', async () => {
      const effects: Accepted['effects'] = [
        { type: 'recordPayment', kind: 'advance', amountFen: 100, explanation: { article: 'art. 12(2)' } },
        { type: 'tellCase', id: 'f2', command: 'hear', args: { amount: 1 } },
      ];
      await saveDecision(table, [change('f1', { accepted: accepted({ effects }) })]);
      expect(await itemsOf(table, 'f1', 'P#')).toMatchObject([{ amountFen: { N: '100' } }]);
      const [message] = await messagesOf(table, 'f1', 1);
      expect(message).toEqual({ from: 'f1', n: 1, line: 1, to: 'f2', command: 'hear', args: { amount: 1 } });
      expect(await overdueMessages(table, '2025-01-02T00:00:00.000Z')).toEqual([{ id: 'f1', n: 1 }]);
      expect(await overdueMessages(table, '2024-01-02T00:00:00.000Z')).toEqual([]);
      const hear = (id: string) => saveDecision(table, [change(id)], message ? [deliveredWrite(table, message)] : []);
      await hear('f8');
      await expect(hear('f9')).rejects.toThrow(Conflict);
    });

    it('finds the forms of a case, the first without a mark of its own, and once where an older record has one', async () => {
      const saving = (form: number) => accepted({ event: { type: 'formSaved', command: 'saveForm', args: { form }, article: 'art. 8', policy: 'gx-2025-draft' }, effects: [{ type: 'storeRevision' }] });
      const [{ head }] = await saveDecision(table, [change('f3', { accepted: saving(1) })]);
      const [{ head: second }] = await saveDecision(table, [change('f3', { before: head, accepted: accepted({}) })]);
      await saveDecision(table, [change('f3', { before: second, accepted: saving(3) })]);
      const looks = async () => {
        const found = await Promise.all([revisionsDown(table, 'f3', 9, 9), revisionsDown(table, 'f3', 9, 1), revisionsDown(table, 'f3', 2, 1), revisionsBetween(table, 'f3', 1, 9, 9), revisionsBetween(table, 'f3', 1, 9, 1), revisionsBetween(table, 'f3', 2, 9, 9)]);
        return found.map((each) => each.map(({ n, form, person }) => [n, form, person].join()));
      };
      const expected = [['3,3,p1', '1,1,p1'], ['3,3,p1'], ['1,1,p1'], ['1,1,p1', '3,3,p1'], ['1,1,p1'], ['3,3,p1']];
      expect([await itemsOf(table, 'f3', 'F#').then((items) => items.length), await looks(), (await formAt(table, 'f3', 2))?.form]).toEqual([1, expected, 1]);
      await put(table, { ...caseKey('f3', sk.revision(1)), n: { N: '1' }, at: { S: '2025-01-01T00:00:00.000Z' }, person: { S: 'p1' } });
      expect(await looks()).toEqual(expected);
      await saveDecision(table, [change('f4')]);
      expect(await formAt(table, 'f4')).toBeUndefined();
    });

    it('opens another case in the same transaction, and not twice', async () => {
      await saveDecision(table, [change('g1'), change('g2')]);
      await expect(saveDecision(table, [change('g3'), change('g2')])).rejects.toThrow(Conflict);
      expect(await loadCase(table, 'g3')).toBeUndefined();
    });

    it('lists cases page by page over several partitions without loss or repetition', async () => {
      for (const id of ['h1', 'h2', 'h3']) await saveDecision(table, [change(id, { owner: 'o-h' })]);
      for (const id of ['i1', 'i2']) await saveDecision(table, [change(id, { owner: 'o-i' })]);
      const seen: string[] = [];
      let place: Parameters<typeof casesIn>[4] | undefined = { partition: 0 };
      while (place) {
        const page: Awaited<ReturnType<typeof casesIn>> = await casesIn(table, 'byOwner', ['o-h', 'o-none', 'o-i'], 2, place);
        seen.push(...page.items);
        place = page.next;
      }
      expect(seen.toSorted()).toEqual(['h1', 'h2', 'h3', 'i1', 'i2']);
    });

    it('shows a queue with what is due first on top', async () => {
      const due = (dueAt: string) => accepted({ tasks: [{ ...task('declaration.draft', 'finance#f9'), dueAt }] });
      await saveDecision(table, [change('j1', { accepted: due('2025-05-01T00:00:00.000Z') })]);
      await saveDecision(table, [change('j2', { accepted: due('2025-04-01T00:00:00.000Z') })]);
      const page = await placedTasks(table, ['finance#f9'], undefined, 10, { partition: 0 });
      expect(page.items.map(({ value }) => value.case)).toEqual(['j2', 'j1']);
    });

    it('reads who asks with the case in one call once the organisation is known', async () => {
      const org = { id: 'o-k', name: '某市数据局', kind: 'government', office: 'city', division: '450100' } as const;
      const { PutItemCommand } = await import('@aws-sdk/client-dynamodb');
      await table.client.send(new PutItemCommand({ TableName: table.name, Item: orgItem(org) }));
      await table.client.send(new PutItemCommand({ TableName: table.name, Item: personItem({ id: 'p-k', name: '李四', roles: ['aggregator'], org: 'o-k' }) }));
      await saveDecision(table, [change('k1')]);
      await loadAsking(table, 'p-k', 'k1');
      let calls = 0;
      const asking = await loadAsking({ ...table, meter: () => (calls += 1) }, 'p-k', 'k1');
      expect(asking.actor).toEqual({ person: 'p-k', name: '李四', roles: ['aggregator'], org });
      expect(asking.head?.id).toBe('k1');
      expect(calls).toBe(1);
      expect((await loadAsking(table, 'nobody', 'k1')).actor).toBeUndefined();
    });

    it('lists the organisations of an office, and no other', async () => {
      const { PutItemCommand } = await import('@aws-sdk/client-dynamodb');
      const city = { id: 'o-city', name: '某市数据局', kind: 'government', office: 'city', division: '450100' } as const;
      const department = { id: 'o-dept', name: '某厅', kind: 'government', office: 'sectorAuthority', division: '450000', sector: 'commerce' } as const;
      for (const org of [city, department]) await table.client.send(new PutItemCommand({ TableName: table.name, Item: orgItem(org) }));
      expect((await organisationsIn(table, 'sectorAuthority')).filter(({ id }) => id.startsWith('o-'))).toEqual([department]);
      expect((await organisationsIn(table, 'city')).map(({ id }) => id)).toContain('o-city');
    });

    it('lists the experts, and nobody else', async () => {
      const { PutItemCommand } = await import('@aws-sdk/client-dynamodb');
      const expert = { id: 'p-expert', name: '专家甲', roles: ['expert'], org: 'o-city' } as const;
      for (const person of [expert, { ...expert, id: 'p-none', roles: ['finance'] } as const]) await table.client.send(new PutItemCommand({ TableName: table.name, Item: personItem(person) }));
      const found = await expertsIn(table);
      expect(found).toContainEqual(expert);
      expect(found.map(({ id }) => id)).not.toContain('p-none');
    });

    const wait = { leaf: 'declaration.draft', leg: 1, n: 3, token: 't-3', startedAt: '2025-01-01T00:00:00.000Z' };
    const later = 2_000_000_000;

    it('keeps the newest wait of a leaf and forgets only the token it is asked to forget', async () => {
      const first = { ...wait, case: 'l1' };
      expect(await keepWait(table, first, later)).toBe(true);
      expect(await keepWait(table, { ...first, n: 2, token: 't-2' }, later)).toBe(false);
      expect(await keepWait(table, { ...first, leg: 2, token: 't-leg2' }, later)).toBe(true);
      expect(await keepWait(table, first, later)).toBe(false);
      await forgetWait(table, first);
      expect(await waitsAt(joinedReads(table), 'l1', ['declaration.draft', 'nowhere'])).toMatchObject([{ token: 't-leg2', leg: 2 }]);
      expect(await waitsOf(table, 'l1')).toHaveLength(1);
    });

    it('refuses a wait that comes after the note that the case has left, and takes the wait of the next visit', async () => {
      const late = { ...wait, case: 'l2' };
      expect(await noteLeft(table, { ...late, n: 4 }, undefined, later)).toBe(true);
      expect(await waitsOf(table, 'l2')).toEqual([]);
      expect(await keepWait(table, late, later)).toBe(false);
      expect(await keepWait(table, { ...late, n: 4, token: 't-4' }, later)).toBe(true);
    });

    it('notes no leaving over a wait that nobody has answered', async () => {
      const live = { ...wait, case: 'l3' };
      await keepWait(table, live, later);
      expect(await noteLeft(table, { ...live, n: 4 }, undefined, later)).toBe(false);
      expect(await noteLeft(table, { ...live, n: 4 }, 't-2', later)).toBe(false);
      expect(await waitsOf(table, 'l3')).toMatchObject([{ token: 't-3' }]);
      expect(await noteLeft(table, { ...live, n: 4 }, 't-3', later)).toBe(true);
    });

    it('records the next leg once', async () => {
      await saveDecision(table, [change('m1')]);
      const leg = await loadLeg(table, 'm1');
      expect(leg).toMatchObject({ leg: 1, n: 1 });
      expect(await nextLegRuns(table, 'm1', { ...leg, leg: 2 })).toBe(true);
      expect(await nextLegRuns(table, 'm1', { ...leg, leg: 2 })).toBe(false);
    });

    it('finds the request behind an event', async () => {
      await saveDecision(table, [change('n1', { request: { key: 'key-12345678', digest: 'abc' } })]);
      expect((await loadEvent(table, 'n1', 1))?.request).toEqual({ key: 'key-12345678', digest: 'abc' });
      expect(await loadEvent(table, 'n1', 2)).toBeUndefined();
    });

    it.runIf(countsAsAws)('costs at most ten write units for an ordinary decision', async () => {
      const [{ head }] = await saveDecision(table, [change('q1', { accepted: accepted({ entered: { 'declaration.draft': '2025-02-01T00:00:00.000Z' }, tasks: [task('declaration.draft')] }) })]);
      let units = 0;
      const inPhase = accepted({
        snapshot: { ...moved.snapshot, context: { name: '甲', text: 'x'.repeat(300), list: Array.from({ length: 20 }, (_, i) => ({ organisation: `org-${i}`, agreedAt: `2025-01-${i + 10}` })) } },
        routes: { 'declaration.draft': { to: 'declaration.withAggregator' } },
        entered: { 'declaration.withAggregator': '2025-03-01T00:00:00.000Z' },
        tasks: [task('declaration.withAggregator', 'aggregator#c1')],
      });
      await saveDecision({ ...table, meter: (used) => (units += used.CapacityUnits ?? 0) }, [change('q1', { before: head, accepted: inPhase })]);
      expect(units).toBeGreaterThan(0);
      expect(units).toBeLessThanOrEqual(10);
    });
  });
}

import type { CaseAnswer } from '../../functions/cases/view.ts';
import { addDays, type Day } from '../../shared/days.ts';
import type { Args, Clerk } from './clerk.ts';
import type { Fate } from './fate.ts';
import { rowOf } from './forms.ts';
import { inTurn, orgOf, overseer, personOf } from './people.ts';

/** A list of annex 1 that is being gathered: whose it is, since when, and whose rows it has. */
interface OpenList {
  readonly handler: string;
  readonly path: string;
  readonly number: number;
  readonly since: Day;
  readonly fates: Fate[];
}

/** A scenario that came out of a list: as the Bureau sees it. */
export interface FromRow {
  readonly fate: Fate;
  readonly view: CaseAnswer;
}

/** So long an authority gathers rows before it seals its list, in days. */
const gatheringDays = 42;

/** Scenarios that are filed through annex 1 of their authority: units propose rows, the authority puts them in order, seals and submits its list, the Bureau takes it, and each row is a draft of its unit (art. 8, art. 11(2)). */
export class Gathering {
  readonly #clerk: Clerk;
  readonly #settle: () => Promise<unknown>;
  /** Lists that are over, by id. */
  readonly over = new Map<string, CaseAnswer>();
  #open: OpenList[] = [];
  #count = 0;

  constructor(clerk: Clerk, settle: () => Promise<unknown>) {
    this.#clerk = clerk;
    this.#settle = settle;
  }

  /** Lists that are still being gathered. */
  get underWay(): readonly string[] {
    return this.#open.map(({ path }) => path);
  }

  /** The next day on which a list is to be sealed. */
  get nextDay(): Day | undefined {
    return this.#open.map(({ since }) => addDays(since, gatheringDays)).sort()[0];
  }

  /** Rows of scenarios come onto the lists of their authorities. */
  async gather(fates: readonly Fate[], today: Day): Promise<void> {
    for (const fate of fates) {
      const list = this.#open.find(({ handler }) => handler === fate.handler) ?? (await this.#begin(fate.handler, today));
      list.fates.push(fate);
      await this.#propose(list, fate);
    }
  }

  /** Lists that were gathered for long enough are sealed and submitted; answers the scenarios that came of them. */
  async forward(today: Day): Promise<FromRow[]> {
    const due = this.#open.filter(({ since }) => addDays(since, gatheringDays) <= today);
    this.#open = this.#open.filter((list) => !due.includes(list));
    const opened: FromRow[] = [];
    for (const list of due) opened.push(...(await this.#through(list)));
    return opened.sort((a, b) => a.fate.number - b.fate.number);
  }

  async #begin(handler: string, today: Day): Promise<OpenList> {
    const authority = personOf('aggregator', handler);
    this.#count += 1;
    const number = this.#count;
    // Now and then somebody begins a list under a wrong title and drops it.
    if (number % 3 === 1) await this.#dropped(authority, number);
    const { id } = await this.#clerk.open(authority, '/lists', { title: `${orgOf(authority).name}第${number}份汇总清单` });
    const list = { handler, path: `/lists/${id}`, number, since: today, fates: [] };
    this.#open.push(list);
    return list;
  }

  async #dropped(authority: string, number: number): Promise<void> {
    const { id } = await this.#clerk.open(authority, '/lists', { title: `第${number}份（标题有误）` });
    await this.#must(authority, `/lists/${id}`, 'cancelList', { reason: '标题有误，另建一份' });
    await this.#settle();
    this.over.set(id, await this.#clerk.look(overseer, `/lists/${id}`));
  }

  /** Most rows come from their units; some the authority puts down itself, for a unit that it names at once or later. */
  async #propose({ path, handler }: OpenList, fate: Fate): Promise<void> {
    const authority = personOf('aggregator', handler);
    const rows = [rowOf(fate)];
    if (fate.number % 4 === 1) await this.#must(authority, path, 'proposeRows', { rows });
    else if (fate.number % 4 === 2) await this.#must(authority, path, 'proposeRows', { rows, unit: orgOf(fate.filer).id });
    else await this.#must(fate.filer, path, 'proposeRows', { rows });
    if (fate.number % 5 === 0) await this.#withdrawn(path, fate);
  }

  /** A row that its unit takes back. */
  async #withdrawn(path: string, fate: Fate): Promise<void> {
    const { context } = await this.#must(fate.filer, path, 'proposeRows', { rows: [rowOf({ ...fate, name: `${fate.name}（撤下）` })] });
    const row = rowsIn(context).findLast(({ name }) => name.endsWith('（撤下）'))?.id ?? '';
    await this.#must(fate.filer, path, 'removeRow', { row, reason: '与本单位另一场景重复' });
  }

  async #through(list: OpenList): Promise<FromRow[]> {
    const { path, handler, number } = list;
    const authority = personOf('aggregator', handler);
    await this.#arranged(list, authority);
    await this.#seal(path, authority);
    if (number % 3 === 2) {
      await this.#must(authority, path, 'unsealList', { reason: '发现错字' });
      await this.#seal(path, authority);
    }
    await this.#must(authority, path, 'submitToBureau', {});
    if (number % 2 === 0) await this.#returned(list, authority);
    await this.#must(inTurn('bureauOfficer', number), path, 'acceptList', {});
    await this.#settle();
    this.over.set(path.split('/')[2] ?? '', await this.#clerk.look(overseer, path));
    return this.#drafts(list);
  }

  /** Every row has its unit, one is worded better, and the order is turned round. */
  async #arranged({ path, fates }: OpenList, authority: string): Promise<void> {
    const { context } = await this.#clerk.look(authority, path);
    const rows = rowsIn(context);
    for (const { id, unit, name } of rows) if (unit === null) await this.#must(authority, path, 'assignRow', { row: id, unit: orgOf(filerOf(fates, name)).id });
    const [first] = rows;
    const fate = fates.find(({ name }) => name === first?.name);
    if (first && fate) await this.#must(authority, path, 'editRow', { row: first.id, content: { ...rowOf(fate), responsibleUnit: orgOf(fate.filer).name }, reason: '责任单位写全称' });
    if (rows.length > 1) await this.#must(authority, path, 'orderRows', { order: rows.map(({ id }) => id).toReversed() });
  }

  async #seal(path: string, authority: string): Promise<void> {
    const { digests } = await this.#clerk.read<{ readonly digests: { readonly sha256: string; readonly sm3: string } }>(authority, `${path}/rows`);
    await this.#must(authority, path, 'sealList', { opinion: '内容属实，同意报送', sealed: true, listSha256: digests.sha256, listSm3: digests.sm3 });
  }

  async #returned({ path, fates, number }: OpenList, authority: string): Promise<void> {
    const { context } = await this.#clerk.look(overseer, path);
    const [row] = rowsIn(context);
    const fate = fates.find(({ name }) => name === row?.name);
    if (!row || !fate) throw new Error(`${path} has no row of its scenarios`);
    await this.#must(inTurn('bureauOfficer', number), path, 'returnForCorrection', { reason: '一行写得不够具体', items: [{ pointer: `/rows/${row.id}`, reason: '请写明需求' }] });
    await this.#must(authority, path, 'editRow', { row: row.id, content: rowOf(fate, 1) });
    await this.#seal(path, authority);
    await this.#must(authority, path, 'submitToBureau', {});
  }

  /** The drafts that the rows of an accepted list became. */
  async #drafts({ path, fates }: OpenList): Promise<FromRow[]> {
    const found: FromRow[] = [];
    let after: number | undefined = 0;
    while (after !== undefined) {
      const page: RowPage = await this.#clerk.read(overseer, `${path}/rows?limit=50&after=${after}`);
      for (const { scenario, content } of page.items) {
        const fate = fates.find(({ name }) => name === content.applicationName);
        if (!fate || scenario === undefined) throw new Error(`${path}: the row of ${content.applicationName} is no scenario of the plan`);
        found.push({ fate, view: await this.#clerk.look(overseer, `/scenarios/${scenario}`) });
      }
      after = page.next;
    }
    if (found.length !== fates.length) throw new Error(`${path}: ${found.length} of ${fates.length} rows became scenarios`);
    return found;
  }

  async #must(person: string, path: string, command: string, args: Args): Promise<CaseAnswer> {
    const outcome = await this.#clerk.take(person, path, command, args);
    if ('refused' in outcome) throw new Error(`${person} ${command} on ${path}: ${outcome.refused}`);
    return outcome.taken;
  }
}

interface RowPage {
  readonly items: readonly { readonly scenario?: string; readonly content: { readonly applicationName: string } }[];
  readonly next?: number;
}

interface Row {
  readonly id: string;
  readonly unit: string | null;
  readonly name: string;
}

function rowsIn(context: CaseAnswer['context']): readonly Row[] {
  return (context as unknown as { readonly rows: readonly Row[] }).rows;
}

function filerOf(fates: readonly Fate[], name: string): string {
  const fate = fates.find((each) => each.name === name);
  if (!fate) throw new Error(`nobody planned ${name}`);
  return fate.filer;
}

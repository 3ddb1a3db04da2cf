import type { CaseAnswer } from '../../functions/cases/view.ts';
import type { Clerk } from './clerk.ts';

/** The second list is not signed but cancelled, and the one after it frozen anew: its scenarios come with the next. */
const cancelled = 1;
const refrozen = 2;

/** Sees the lists of the half-years through: checked by an officer, signed by a leader; one is cancelled, one frozen anew, the first with anything on it is corrected later by a second edition. */
export class ListDesk {
  readonly #clerk: Clerk;
  readonly #settle: () => Promise<unknown>;
  readonly batches = new Map<string, CaseAnswer>();
  #half = 0;
  #corrected = false;

  constructor(clerk: Clerk, settle: () => Promise<unknown>) {
    this.#clerk = clerk;
    this.#settle = settle;
  }

  /** Sees those lists through that wait for it; answers how many. */
  async sign(): Promise<number> {
    const open = await this.#unknown();
    for (const { id, status } of open) await this.#seeThrough(id, status);
    return open.length;
  }

  async #unknown(): Promise<readonly Listed[]> {
    const { items } = await this.#clerk.read<{ readonly items: readonly Listed[] }>('liang-shan', '/batches?limit=100');
    return items.filter(({ id }) => !this.batches.has(id)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  async #seeThrough(id: string, status: string): Promise<void> {
    const path = `/batches/${id}`;
    const half = this.#half;
    this.#half += 1;
    if (status === 'active' && half === cancelled) await this.#must('liang-shan', path, 'cancelBatch', { reason: '与下一批次合并发布' });
    else if (status === 'active') await this.#publish(path, half === refrozen);
    await this.#remember(id);
    if (!this.#corrected && Number(this.batches.get(id)?.context['published']) > 0) await this.#correct(id);
  }

  async #publish(path: string, anew: boolean): Promise<void> {
    if (anew) {
      await this.#must('liang-shan', path, 'refreeze', { reason: '补入同日入选的场景' });
      await this.#settle();
    }
    const { context } = await this.#clerk.look('liang-shan', path);
    const listSha256 = String(context['listSha256']);
    await this.#must('li-ning', path, 'checkList', { listSha256, note: '清单与遴选结果一致' });
    await this.#must('liang-shan', path, 'signOff', { documentNo: `桂数发〔${path.split('-').slice(1).join('-')}〕`, listSha256 });
  }

  /** A published list is never edited: what was wrong comes as a new edition, asked for by one officer, checked by another, signed by a leader. The first attempt is dropped. */
  async #correct(batch: string): Promise<void> {
    this.#corrected = true;
    const half = String(this.batches.get(batch)?.context['half']);
    const { items } = await this.#clerk.read<{ readonly items: readonly { readonly case: string; readonly name: string }[] }>('he-ping', `/published/${half}`);
    const [entry] = items;
    if (!entry) throw new Error(`${batch} has nothing on it`);
    const dropped = await this.#edition(batch, entry.case, '名称待核');
    await this.#must('liang-shan', `/batches/${dropped}`, 'cancelBatch', { reason: '名称须再核对' });
    await this.#remember(dropped);
    const edition = await this.#edition(batch, entry.case, `${entry.name}（更正）`);
    await this.#publish(`/batches/${edition}`, false);
    await this.#remember(edition);
    const { items: after } = await this.#clerk.read<{ readonly items: readonly { readonly name: string }[] }>('he-ping', `/published/${half}`);
    if (after.length !== items.length || !after.some(({ name }) => name === `${entry.name}（更正）`)) throw new Error(`the second edition of ${half} does not say what was corrected`);
  }

  async #edition(batch: string, scenario: string, name: string): Promise<string> {
    const { id } = await this.#clerk.open('he-ping', `/batches/${batch}/corrections`, { reason: '场景名称有错字', changes: [{ scenario, change: 'amend', name }] });
    await this.#settle();
    return id;
  }

  async #remember(id: string): Promise<void> {
    await this.#settle();
    this.batches.set(id, await this.#clerk.look('liang-shan', `/batches/${id}`));
  }

  async #must(person: string, path: string, command: string, args: Parameters<Clerk['take']>[3]): Promise<void> {
    const outcome = await this.#clerk.take(person, path, command, args);
    if ('refused' in outcome) throw new Error(`${person} ${command} on ${path}: ${outcome.refused}`);
  }
}

interface Listed {
  readonly id: string;
  readonly status: string;
}

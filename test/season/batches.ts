import type { CaseAnswer } from '../../functions/cases/view.ts';
import type { Clerk } from './clerk.ts';

/** Sees the lists of the half-years through: checked by an officer, signed by a leader; the second list is frozen anew before. */
export class ListDesk {
  readonly #clerk: Clerk;
  readonly batches = new Map<string, CaseAnswer>();
  #refrozen = false;

  constructor(clerk: Clerk) {
    this.#clerk = clerk;
  }

  /** Signs the lists that wait for it; answers how many. */
  async sign(settle: () => Promise<unknown>): Promise<number> {
    const { items } = await this.#clerk.read<{ readonly items: readonly { readonly id: string; readonly status: string }[] }>('liang-shan', '/batches');
    const open = items.filter(({ id, status }) => status === 'active' || !this.batches.has(id));
    for (const { id, status } of open) if (status === 'active') await this.#publish(`/batches/${id}`, settle);
    if (open.length > 0) await settle();
    for (const { id } of open) this.batches.set(id, await this.#clerk.look('liang-shan', `/batches/${id}`));
    return open.length;
  }

  async #publish(path: string, settle: () => Promise<unknown>): Promise<void> {
    if (!this.#refrozen && this.batches.size > 0) {
      this.#refrozen = true;
      await this.#must('liang-shan', path, 'refreeze', { reason: '补入同日入选的场景' });
      await settle();
    }
    const { context } = await this.#clerk.look('liang-shan', path);
    const listSha256 = String(context['listSha256']);
    await this.#must('li-ning', path, 'checkList', { listSha256, note: '清单与遴选结果一致' });
    await this.#must('liang-shan', path, 'signOff', { documentNo: `桂数发〔${path.split('-').slice(1).join('-')}〕`, listSha256 });
  }

  async #must(person: string, path: string, command: string, args: Parameters<Clerk['take']>[3]): Promise<void> {
    const outcome = await this.#clerk.take(person, path, command, args);
    if ('refused' in outcome) throw new Error(`${person} ${command} on ${path}: ${outcome.refused}`);
  }
}

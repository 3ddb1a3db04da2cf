import type { LifecycleName } from '../../../machines/decision.ts';
import { ownerOf } from '../../../functions/cases/about.ts';
import type { Head } from '../../../functions/store/case.ts';
import { saveDecision } from '../../../functions/store/save.ts';
import type { Table } from '../../../functions/store/table.ts';
import { governmentFormFixture, socialFormFixture } from '../../fixtures/forms.ts';
import { approveProject, publish, socialToPool, toPool } from '../../unit/machines/steps.ts';
import { opened, type Step, type Story } from '../../unit/machines/story.ts';

/** A scenario as far as its money: published and, where it is to be built, approved; and as far as `more` goes on; every event stands in the store as if people had come that far. */
export async function storedScenario(table: Table, lifecycle: LifecycleName, id: string, more: readonly Step[] = []): Promise<string> {
  const government = lifecycle === 'governmentInvestment';
  const form = government ? governmentFormFixture({ name: id }) : socialFormFixture({});
  const story = opened(lifecycle, { id, form }, government ? 'wei-lan' : 'qin-hai');
  story.form = form as never;
  story.all(government ? [...toPool, publish, approveProject] : [...socialToPool, publish]).all(more);
  await store(table, id, story);
  return `/scenarios/${id}`;
}

async function store(table: Table, id: string, story: Story): Promise<void> {
  let before: Head | undefined;
  for (const [index, accepted] of story.decisions.entries()) {
    const event = story.events[index];
    if (!event) throw new Error('a decision without its event');
    const [{ head }] = await saveDecision(table, [{ id, before, accepted, actor: event.actor, now: event.at, owner: ownerOf(accepted.snapshot) }]);
    before = head;
  }
}

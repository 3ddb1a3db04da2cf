import type { Actor } from '../../../shared/actor.ts';
import { organisations, people } from '../../../infra/local/seed/people.ts';
import { begin } from '../../../machines/begin.ts';
import { decide } from '../../../machines/decide.ts';
import type { Accepted, Asked, Command, Decision, Json, LifecycleName, Refusal, Snapshot } from '../../../machines/decision.ts';
import { factsOf } from '../../../machines/facts.ts';
import { leavesOf } from '../../../machines/position.ts';
import type { Facts, PersonFact } from '../../../machines/question.ts';
import type { RecordedEvent } from '../../../machines/replay.ts';
import type { ScenarioContext } from '../../../machines/scenario/context.ts';
import { governmentFormFixture, socialFormFixture } from '../../fixtures/forms.ts';

/** The policy pack of all stories. */
export const policy = 'gx-2025-draft';

/** The seeded person with an id, as the records would make an actor of them; `system` is the workflow itself. */
export function by(id: string): Actor {
  if (id === 'system') return { person: 'system', name: '系统', roles: ['system'], org: { id: 'system', name: '系统', kind: 'government', office: 'none', division: '450000' } };
  const person = people.find((each) => each.id === id);
  const org = organisations.find((each) => each.id === person?.org);
  if (!person || !org) throw new Error(`no seeded person ${id}`);
  return { person: person.id, name: person.name, roles: person.roles, org };
}

/** A step of a story: who asks for what. */
export type Step = readonly [who: string, command: string, args?: Record<string, unknown>];

/** A case that is told step by step; every accepted decision and every event is kept. */
export class Story {
  snapshot: Snapshot;
  last: Accepted;
  now = '2025-03-10T02:00:00.000Z';
  openRecoveries = 0;
  placeInFund = 0;
  policy = policy;
  form: Json = {};
  readonly decisions: Accepted[] = [];
  readonly events: RecordedEvent[] = [];

  constructor(first: Decision, actor: Actor) {
    if (!first.ok) throw new Error(`not opened: ${first.detail}`);
    this.snapshot = first.snapshot;
    this.last = first;
    this.keep(first, actor);
  }

  get context(): ScenarioContext {
    return this.snapshot.context as unknown as ScenarioContext;
  }

  get leaves(): readonly string[] {
    return this.snapshot.status === 'done' ? [String(this.snapshot.value)] : leavesOf(this.snapshot);
  }

  /** Asks and keeps nothing. */
  ask(who: string, type: string, args: Record<string, unknown> = {}): Decision {
    const command = { type, args } as unknown as Command;
    return decide(this.snapshot, command, this.asked(who, command));
  }

  asked(who: string, command: Command): Asked {
    return { actor: by(who), now: this.now, policy: this.policy, facts: this.facts(command) as unknown as NonNullable<Asked['facts']> };
  }

  /** Does, or throws with the refusal's reason. */
  does(who: string, type: string, args: Record<string, unknown> = {}): this {
    const decision = this.ask(who, type, args);
    if (!decision.ok) throw new Error(`${type}: ${decision.problem} ${decision.rule ?? ''} ${decision.detail} ${JSON.stringify(decision.figures ?? {})}`);
    this.snapshot = decision.snapshot;
    this.keep(decision, by(who));
    if (type === 'saveForm' || type === 'amendForm') this.form = args['form'] as Json;
    return this;
  }

  refused(who: string, type: string, args: Record<string, unknown> = {}): Refusal {
    const decision = this.ask(who, type, args);
    if (decision.ok) throw new Error(`${type} was accepted`);
    return decision;
  }

  all(steps: readonly Step[]): this {
    for (const [who, type, args] of steps) this.does(who, type, args);
    return this;
  }

  at(now: string): this {
    this.now = now;
    return this;
  }

  private keep(decision: Accepted, actor: Actor): void {
    this.last = decision;
    this.decisions.push(decision);
    this.events.push({ command: decision.event.command, args: decision.event.args, actor, at: this.now, policy: this.policy });
  }

  private facts(command: Command): Facts {
    const needs = factsOf(this.snapshot, command);
    return {
      ...(needs.organisations && { organisations: Object.fromEntries(organisations.filter((org) => needs.organisations?.includes(org.id)).map((org) => [org.id, org])) }),
      ...(needs.people && { people: Object.fromEntries(needs.people.filter((id) => people.some((each) => each.id === id)).map((id) => [id, personFact(id)])) }),
      ...(needs.openRecoveriesOfUnit !== undefined && { openRecoveriesOfUnit: this.openRecoveries }),
      ...(needs.listDigests && { listDigests: { sha256: 'c'.repeat(64), sm3: 'c'.repeat(64) } }),
      ...(needs.placeInFund !== undefined && { placeInFund: this.placeInFund }),
      ...(needs.latestForm && { latestForm: this.form }),
    };
  }
}

function personFact(id: string): PersonFact {
  const { expertise } = people.find((each) => each.id === id) ?? {};
  return { org: by(id).org, expert: by(id).roles.includes('expert'), roles: by(id).roles, ...(expertise ? { expertise } : {}) };
}

/** Opens a case of a lifecycle. */
export function opened(lifecycle: LifecycleName, input: unknown, who: string): Story {
  const actor = by(who);
  return new Story(begin(lifecycle, input as never, { actor, now: '2025-03-10T02:00:00.000Z', policy }), actor);
}

/** A government scenario in draft, with the regulation's own example as its form. */
export function government(system: Record<string, unknown> = {}): Story {
  const form = governmentFormFixture(system) as unknown as Json;
  const story = opened('governmentInvestment', { id: 'GX-2025-0001', form }, 'wei-lan');
  story.form = form;
  return story;
}

/** A social scenario in draft, with the fixture's form. */
export function social(system: Record<string, unknown> = {}): Story {
  const form = socialFormFixture(system) as unknown as Json;
  const story = opened('socialInvestment', { id: 'GX-2025-0002', form }, 'qin-hai');
  story.form = form;
  return story;
}

import type { AnyMachineSnapshot, AnyStateNode } from 'xstate';
import type { Role } from '../shared/roles.ts';
import type { Policy } from '../shared/policy.ts';
import { commandRow, isCommand } from './commands.ts';
import { turnsIn, type Countersign } from './countersign.ts';
import type { Task } from './decision.ts';
import type { TransitionMeta, WaitingMeta } from './define.ts';
import type { ScenarioContext } from './scenario/context.ts';
import { nextApprover } from './scenario/money.ts';
import { activeLeaves, lineOf, metaOf, pathOf } from './position.ts';

/** What the to-do lists read of any context. */
interface Listed {
  readonly unit?: { readonly id: string };
  readonly handler?: string | null;
  readonly experts?: readonly string[];
  readonly acceptance?: { readonly experts: readonly string[]; readonly opinions: { readonly [expert: string]: unknown } };
  readonly sheets?: { readonly [expert: string]: number };
  readonly crossCutting?: readonly string[];
  readonly leadUnit?: { readonly departments: readonly string[]; readonly agreed: readonly string[]; readonly refused: readonly string[]; readonly confirmed: boolean } | null;
  readonly checkedBy?: string | null;
  readonly classDoubt?: { readonly asked: boolean } | null;
  readonly countersign?: Countersign | null;
  readonly change?: { readonly granted: boolean } | null;
  readonly planProposal?: object | null;
  readonly offsetProposal?: object | null;
  readonly provider?: string | null;
  readonly signed?: { readonly user: string | null; readonly provider: string | null };
  readonly due: { readonly [leaf: string]: string };
}

/** Every open to-do of a case: one for the owner of each waiting leaf, and one for each expert or department that it waits for. */
export function tasksOf(state: AnyMachineSnapshot, policy: Policy): Task[] {
  const leaves = activeLeaves(state);
  const context = state.context as Listed;
  return [...leaves.flatMap((leaf) => (metaOf(leaf).kind === 'waiting' ? leafTasks(leaf, context, policy) : [])), ...changeTasks(leaves, context, policy)];
}

/** A change that was asked for (or agreed to) after selection is a to-do of the case as a whole, wherever it is. */
function changeTasks(leaves: readonly AnyStateNode[], context: Listed, policy: Policy): Task[] {
  const leaf = leaves.find((each) => offersCommand(each, 'approveChange'));
  if (!leaf || !context.change) return [];
  const { granted } = context.change;
  const queue = queueOf(granted ? 'applicant' : 'bureauLeader', context, policy);
  return [{ slot: 'change', leaf: pathOf(leaf), queue, commands: granted ? ['amendForm'] : ['approveChange', 'refuseChange'], dueAt: context.due[pathOf(leaf)] ?? '' }];
}

function leafTasks(leaf: AnyStateNode, context: Listed, policy: Policy): Task[] {
  const slot = slotOf(leaf);
  const { owner } = metaOf(leaf) as WaitingMeta;
  const task = (suffix: string, queue: string, role: Role): Task => ({
    slot: suffix ? `${slot}:${suffix}` : slot,
    leaf: pathOf(leaf),
    queue,
    commands: commandsFor(leaf, role),
    dueAt: context.due[pathOf(leaf)] ?? '',
  });
  const experts = openExperts(leaf, context).map((expert) => task(expert, `person#${expert}`, 'expert'));
  const office = offersCommand(leaf, 'proposeLeadUnit') && owner !== 'leadingGroupOffice' && wantsLeadUnit(context) ? [task('leadUnit', queueOf('leadingGroupOffice', context, policy), 'leadingGroupOffice')] : [];
  const officer = (suffix: string): Task => task(suffix, queueOf('bureauOfficer', context, policy), 'bureauOfficer');
  const check = offersCommand(leaf, 'checkList') && context.checkedBy === null ? [officer('check')] : [];
  const approval = offersCommand(leaf, 'approvePayment') && nextApprover(context as unknown as ScenarioContext, policy) === 'bureauLeader' ? [task('order', queueOf('bureauLeader', context, policy), 'bureauLeader')] : [];
  const plan = offersCommand(leaf, 'approveInstalments') && context.planProposal ? [task('plan', queueOf('bureauLeader', context, policy), 'bureauLeader')] : [];
  const offset = offersCommand(leaf, 'approveOffset') && context.offsetProposal ? [task('offset', queueOf('bureauLeader', context, policy), 'bureauLeader')] : [];
  const ownResult = leaf.transitions.has('reportActuals') ? [task('ownResult', queueOf('applicant', context, policy), 'applicant')] : [];
  const fundingClass = offersCommand(leaf, 'decideFundingClass') && context.classDoubt?.asked === true ? [officer('fundingClass')] : [];
  const signers = offersCommand(leaf, 'countersign') && context.countersign ? turnsIn(context.countersign).map((person) => ({ ...task(`sign-${person}`, `person#${person}`, 'bureauOfficer'), commands: signing })) : [];
  const departments = openDepartments(leaf, context).map((org) => task(org, `aggregator#${org}`, 'aggregator'));
  const sides = unsignedSides(leaf, context).map(([side, role]) => task(side, queueOf(role, context, policy), role));
  return [task('', queueOf(owner, context, policy), owner), ...experts, ...office, ...check, ...approval, ...plan, ...offset, ...ownResult, ...fundingClass, ...signers, ...departments, ...sides];
}

const signing = ['countersign', 'transferCountersign', 'addCountersigner'];

/** The record a leaf's task occupies: its region inside a parallel state, else `main`. */
function slotOf(leaf: AnyStateNode): string {
  return lineOf(leaf).find((node) => node.parent?.type === 'parallel')?.key ?? 'main';
}

/** Who sees a role's tasks: the unit's own people, the handling authority's, or an office of the region. */
export function queueOf(role: Role, context: unknown, policy: Policy): string {
  const { unit, handler, provider } = context as Listed;
  const { bureau, leadingGroupOffice, finance } = policy.offices.value;
  switch (role) {
    case 'applicant':
    case 'unitAdmin':
      return `applicant#${unit?.id ?? ''}`;
    case 'aggregator':
      return `aggregator#${provider ?? handler ?? ''}`;
    case 'dataAuthority':
      return `dataAuthority#${handler ?? ''}`;
    case 'leadingGroupOffice':
      return `leadingGroupOffice#${leadingGroupOffice}`;
    case 'finance':
      return `finance#${finance}`;
    default:
      return `${role}#${bureau}`;
  }
}

const known = new Map<string, readonly string[]>();

/** The commands a role finds in a leaf and the compound states around it; what the root answers everywhere is no to-do. Fixed per chart, so kept. */
function commandsFor(leaf: AnyStateNode, role: Role): readonly string[] {
  const key = `${leaf.machine.id}/${pathOf(leaf)}/${role}`;
  const list = known.get(key) ?? collectCommands(leaf, role);
  known.set(key, list);
  return list;
}

function collectCommands(leaf: AnyStateNode, role: Role): string[] {
  const nodes = lineOf(leaf).slice(0, -1);
  const types = nodes.flatMap((node) => [...node.transitions.entries()].filter(([, list]) => list.some((each: { meta?: unknown }) => (each.meta as TransitionMeta | undefined)?.roles.includes(role))).map(([type]) => type as string));
  return [...new Set(types)].filter((type) => isCommand(type) && !commandRow(type).system);
}

function offersCommand(leaf: AnyStateNode, command: string): boolean {
  return lineOf(leaf).some((node) => node.transitions.has(command));
}

function openExperts(leaf: AnyStateNode, context: Listed): readonly string[] {
  const { acceptance } = context;
  if (offersCommand(leaf, 'giveOpinion')) return (acceptance?.experts ?? []).filter((expert) => acceptance?.opinions[expert] === undefined);
  return offersCommand(leaf, 'submitSheet') ? (context.experts ?? []).filter((expert) => context.sheets?.[expert] === undefined) : [];
}

function wantsLeadUnit({ crossCutting, leadUnit }: Listed): boolean {
  return (crossCutting ?? []).length > 0 && leadUnit?.confirmed !== true;
}

function openDepartments(leaf: AnyStateNode, context: Listed): readonly string[] {
  if (!offersCommand(leaf, 'replyOnLeadUnit') || !wantsLeadUnit(context) || !context.leadUnit) return [];
  const replied = [...context.leadUnit.agreed, ...context.leadUnit.refused];
  return context.leadUnit.departments.filter((org) => !replied.includes(org));
}

/** The sides of a data demand that have not signed their responsibility yet. */
function unsignedSides(leaf: AnyStateNode, { signed }: Listed): readonly (readonly ['user' | 'provider', Role])[] {
  if (!signed || !offersCommand(leaf, 'releaseData')) return [];
  return ([['user', 'applicant'], ['provider', 'aggregator']] as const).filter(([side]) => signed[side] === null);
}

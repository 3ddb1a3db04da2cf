import { initialTransition, type AnyMachineSnapshot } from 'xstate';
import type { Organisation, OrganisationKind } from '../shared/actor.ts';
import { dayOf } from '../shared/days.ts';
import { policyOf, type Policy } from '../shared/policy.ts';
import { dues } from './deadlines.ts';
import type { Asked, Decision, Effect, EventBody, Json, LifecycleName, Refusal } from './decision.ts';
import { stored } from './decide.ts';
import type { FundContext } from './fund/context.ts';
import { roleLabels } from './labels.zh.ts';
import type { FundLineName } from './ledger/accounts.ts';
import { openingEntry } from './ledger/postings.ts';
import { isProperAuthority, type DataLevel } from './demand/routing.ts';
import type { DemandContext } from './demand/rules.ts';
import { lifecycles } from './lifecycles.ts';
import type { ListContext } from './list/context.ts';
import { hasRole } from './permission.ts';
import { activeLeaves, pathOf } from './position.ts';
import type { Correction, PublicationContext } from './publication.ts';
import type { RecoveryContext } from './recovery/rules.ts';
import type { CaseUnit, FundingClass, Origin, RecoveryCause, ScenarioContext } from './scenario/context.ts';
import { shapeErrors, summarize } from './scenario/form.ts';
import { tasksOf } from './tasks.ts';

/** What opens a scenario; one that the workflow opens from a list names the unit it belongs to and who proposed it. */
export interface NewScenario {
  readonly id: string;
  readonly form: Json;
  readonly origin?: Origin;
  readonly unit?: CaseUnit;
  readonly filer?: string;
}

/** What opens each lifecycle. `id` comes from the shell; a recovery's whole input comes from the effect `openCase`. */
export interface Beginnings {
  readonly publication: { readonly id: string; readonly half: string; readonly edition?: number; readonly correction?: Correction };
  readonly governmentInvestment: NewScenario;
  readonly socialInvestment: NewScenario;
  readonly fund: { readonly id: string; readonly lines: Readonly<Record<FundLineName, number>> };
  readonly recovery: {
    readonly id: string;
    readonly scenario: string;
    readonly scenarioName: string;
    readonly unit: CaseUnit;
    /** The budget line that paid; absent in recoveries from before the fund was kept here. */
    readonly line?: FundLineName;
    readonly cause: RecoveryCause;
    readonly amountFen: number;
    readonly mandatory: boolean;
    readonly reason: string;
  };
  readonly scenarioList: { readonly id: string; readonly title: string };
  /** The scenario's own unit and place, and the data authority, as the records have them. */
  readonly dataDemand: {
    readonly id: string;
    readonly scenario: { readonly id: string; readonly name: string; readonly unit: string; readonly division: string };
    readonly level: DataLevel;
    readonly handler: Organisation | null;
    readonly dataTypes: readonly string[];
    readonly scope: string;
    readonly purpose: string;
  };
}

const opened = {
  governmentInvestment: { type: 'scenarioOpened', article: 'art. 8, art. 11(2)' },
  socialInvestment: { type: 'scenarioOpened', article: 'art. 14(2)' },
  publication: { type: 'batchOpened', article: 'art. 11(4), art. 14(4)' },
  fund: { type: 'fundOpened', article: 'art. 19, policy R-062' },
  scenarioList: { type: 'listOpened', article: 'art. 11(2)' },
  recovery: { type: 'recoveryOpened', article: 'art. 12(2), art. 19(1)' },
  dataDemand: { type: 'demandOpened', article: 'art. 16' },
} as const satisfies Record<LifecycleName, { readonly type: string; readonly article: string }>;

/** Kinds of units that may file a social scenario; government bodies may not (art. 14(2), R-046). */
const socialKinds: readonly OrganisationKind[] = ['enterprise', 'research', 'socialOrganisation', 'publicInstitution'];

/** Opens a case: its first event (command `open`), its first leaves. Refuses who may not open it and forms that no schema knows. */
export function begin<L extends LifecycleName>(lifecycle: L, input: Beginnings[L], asked: Asked): Decision {
  const policy = policyOf(asked.policy);
  const context = contextOf(lifecycle, input, asked);
  if ('ok' in context) return context;
  const [state] = initialTransition(lifecycles[lifecycle].machine, context as never) as unknown as [AnyMachineSnapshot];
  return first(lifecycle, state, input, asked, policy);
}

function contextOf<L extends LifecycleName>(lifecycle: L, input: Beginnings[L], asked: Asked): ScenarioContext | PublicationContext | RecoveryContext | ListContext | FundContext | DemandContext | Refusal {
  switch (lifecycle) {
    case 'governmentInvestment':
    case 'socialInvestment':
      return scenarioRefusal(lifecycle, input as NewScenario, asked) ?? scenarioContext(lifecycle, input as NewScenario, asked);
    case 'publication':
      return batchRefusal(input as Beginnings['publication'], asked) ?? batchContext(input as Beginnings['publication'], asked);
    case 'fund':
      return systemRefusal(asked, '专项资金由系统建立') ?? fundContext(input as Beginnings['fund'], asked);
    case 'scenarioList':
      return listRefusal(asked) ?? listContext(input as Beginnings['scenarioList'], asked);
    case 'dataDemand':
      return demandRefusal(input as Beginnings['dataDemand'], asked) ?? demandContext(input as Beginnings['dataDemand'], asked);
    default:
      return recoveryContext(input as Beginnings['recovery'], asked);
  }
}

function first(lifecycle: LifecycleName, state: AnyMachineSnapshot, input: Beginnings[LifecycleName], asked: Asked, policy: Policy): Decision {
  const entered = activeLeaves(state).map(pathOf);
  const due = dues(state, { entered, renewed: [] }, policy, asked.now);
  const next = { ...state, context: { ...state.context, due } } as AnyMachineSnapshot;
  const args = { ...(input as unknown as { readonly [key: string]: Json }), ...('form' in input ? { unit: { ...(input.unit ?? unitOf(asked.actor.org)) } } : 'level' in input && { unit: { ...unitOf(asked.actor.org) } }) };
  const effects: Effect[] = 'form' in input ? [{ type: 'storeRevision' }] : [];
  const entry = lifecycle === 'fund' ? openingEntry(next.context as unknown as FundContext) : undefined;
  const reason = 'correction' in input ? input.correction?.reason : undefined;
  const event: EventBody = { ...opened[lifecycle], command: 'open', args, policy: policy.id, ...(reason === undefined ? {} : { reason }), ...(entry && { entry }) };
  return { ok: true, snapshot: stored({ lifecycle }, next), event, routes: {}, entered: due, tasks: tasksOf(next, policy), effects };
}

function scenarioRefusal(funding: FundingClass, { form, origin }: NewScenario, { actor }: Asked): Refusal | null {
  const roles = ['applicant', 'unitAdmin'] as const;
  // A row of an accepted list becomes a scenario of the unit it names; nobody types that in.
  const isFromList = origin?.kind === 'list' && hasRole(actor, ['system']);
  if (!hasRole(actor, roles) && !isFromList) return { ok: false, problem: 'not-allowed', detail: `场景由${roles.map((role) => roleLabels[role]).join('、')}申报`, needs: roles };
  if (funding === 'socialInvestment' && !socialKinds.includes(actor.org.kind))
    return { ok: false, problem: 'not-allowed', detail: '社会投资类场景由企业、科研机构、社会组织等社会主体申报，政府部门请按政府投资类申报', article: 'art. 14(2)', needs: roles };
  const errors = shapeErrors(form, funding);
  if (errors.length === 0) return null;
  return { ok: false, problem: 'invalid-input', detail: '表单中有系统不认识的字段或类型不对的内容，请按表单填写', figures: { errors: errors.slice(0, 20).map(({ pointer, detail }) => ({ pointer, detail })) } };
}

function demandRefusal({ scenario, level, handler }: Beginnings['dataDemand'], { actor }: Asked): Refusal | null {
  const roles = ['applicant', 'unitAdmin'] as const;
  if (!hasRole(actor, roles) || scenario.unit !== actor.org.id) return { ok: false, problem: 'not-allowed', detail: '数据需求由场景建设主体单位自己的人员提出', article: 'art. 16', needs: roles };
  if (isProperAuthority(handler ?? undefined, level, scenario.division)) return null;
  return { ok: false, problem: 'rule-refused', detail: '数据需求应提交给数据所在层级的数据主管部门，请按层级从数据主管部门名单中选择', rule: 'handlerIsOfTheLevel', article: 'art. 16', figures: { level, handler: handler?.id ?? null, division: scenario.division } };
}

/** The schedule opens a half-year's batch; what corrects a published list is opened by an officer. */
function batchRefusal({ correction }: Beginnings['publication'], { actor }: Asked): Refusal | null {
  if (correction) return hasRole(actor, ['bureauOfficer']) ? null : { ok: false, problem: 'not-allowed', detail: `清单的更正由${roleLabels.bureauOfficer}提出`, needs: ['bureauOfficer'] };
  return systemRefusal({ actor }, '批次由系统按发布日程开启');
}

function systemRefusal({ actor }: Pick<Asked, 'actor'>, detail: string): Refusal | null {
  return actor.roles.includes('system') ? null : { ok: false, problem: 'not-allowed', detail, needs: ['system'] };
}

function unitOf(org: Organisation): CaseUnit {
  return { id: org.id, name: org.name, kind: org.kind, division: org.division, sector: org.sector ?? null, uscc: org.uscc ?? null };
}

function scenarioContext(funding: FundingClass, { id, form, origin, unit: named, filer }: NewScenario, { actor, policy }: Asked): ScenarioContext {
  const unit = named ?? unitOf(actor.org);
  return {
    ...summarize(form, { name: '', division: unit.division, funding }),
    id, funding, unit, filer: filer ?? actor.person,
    ...(origin ? { origin } : {}),
    parts: {}, handler: null, marks: [], returns: 0, duplicates: [], repeats: [],
    experts: [], recused: [], sheets: {}, scoreHundredths: null, proposal: null, leadUnit: null, objections: 0,
    batch: null, listNumber: null, approval: null, milestones: [], completedOn: null, irs: null,
    award: null, waived: false, paid: { advance: null, remainder: null, oneOff: null }, accountsFen: null, rectifications: 0,
    evaluation: null, recoveries: {}, commitmentUntil: null, commitmentChecks: 0, commitment: null,
    findings: [], caseText: false, inCaseLibrary: false, held: false, reminders: 0, policy, due: {},
  };
}

function batchContext({ id, half, edition, correction }: Beginnings['publication'], { now: openedAt, policy }: Asked): PublicationContext {
  return { id, half, ...(edition === undefined ? {} : { edition }), ...(correction ? { correction } : {}), openedAt, count: 0, number: null, listKey: null, listSha256: null, checkedBy: null, documentNo: null, published: 0, refused: 0, freezes: 0, reminders: 0, policy, due: {} };
}

function fundContext({ id, lines }: Beginnings['fund'], { policy }: Asked): FundContext {
  const line = (fen: number) => ({ appropriatedFen: fen, availableFen: fen });
  return { id, title: '数字广西建设资金', lines: { reward: line(lines.reward), subsidy: line(lines.subsidy) }, queue: [], proposal: null, reminders: 0, policy, due: {} };
}

function recoveryContext({ reason: _reason, ...known }: Beginnings['recovery'], { policy, now }: Asked): RecoveryContext {
  return { ...known, openedOn: dayOf(now), proposal: null, decidedFen: null, recoveredFen: 0, repayments: 0, reminders: 0, policy, due: {} };
}

function listRefusal({ actor }: Asked): Refusal | null {
  const holdsOffice = actor.org.office === 'city' || actor.org.office === 'sectorAuthority';
  return hasRole(actor, ['aggregator']) && holdsOffice ? null : { ok: false, problem: 'not-allowed', detail: '场景清单由设区市或行业主管部门汇总', article: 'art. 11(2)', needs: ['aggregator'] };
}

function listContext({ id, title }: Beginnings['scenarioList'], { actor, policy }: Asked): ListContext {
  return { id, title, unit: unitOf(actor.org), handler: actor.org.id, rows: [], proposed: 0, sealed: null, returned: null, returns: 0, opened: null, reminders: 0, policy, due: {} };
}

function demandContext({ id, scenario, level, handler, dataTypes, scope, purpose }: Beginnings['dataDemand'], { actor, policy, now }: Asked): DemandContext {
  return {
    id, filedOn: dayOf(now), scenario: scenario.id, name: scenario.name, unit: unitOf(actor.org), filer: actor.person, level, handler: handler?.id ?? '', provider: null,
    dataTypes, scope, purpose, promises: [], signed: { user: null, provider: null }, meetings: 0, defects: 0, quality: null, reminders: 0, policy, due: {},
  };
}

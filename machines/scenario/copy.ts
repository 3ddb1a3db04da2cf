import type { Actor } from '../../shared/actor.ts';
import type { Json, Refusal, Snapshot } from '../decision.ts';
import type { FundingClass, Origin, ScenarioContext } from './context.ts';

type Fields = { readonly [name: string]: Json };

/** Which scenario a new one begins from: an earlier filing of the own unit, or a case of the library that the unit replicates (art. 11(8), art. 12(4)). */
export interface Source {
  readonly kind: 'refiling' | 'replication';
  readonly snapshot: Snapshot;
  readonly form: Json;
}

/** What a new scenario remembers of the one it came from, or why it may not begin from that one. */
export function originOf({ kind, snapshot }: Omit<Source, 'form'>, actor: Actor): Origin | Refusal {
  const source = snapshot.context as unknown as ScenarioContext;
  const isOwn = source.unit.id === actor.org.id;
  if (kind === 'refiling' && !isOwn) return refused('copiesItsOwn', 'policy A-22', '只能复制本单位以前的申报；推广他人的场景，请从案例库选择“复制推广”');
  if (kind === 'replication' && isOwn) return refused('replicatesAnothers', 'art. 11(8), art. 12(4)', '这是本单位自己的场景，请使用“复制以前的申报”');
  if (kind === 'replication' && (!source.inCaseLibrary || snapshot.value === 'voided')) return refused('isInCaseLibrary', 'art. 11(8), art. 12(4)', '只有已纳入案例库的场景可以复制推广，请从案例库中选择');
  return { kind, case: source.id, title: source.name, unitName: source.unit.name };
}

function refused(rule: string, article: string, detail: string): Refusal {
  return { ok: false, problem: 'rule-refused', rule, article, detail };
}

/**
 * The form a new scenario of a class begins with. An own earlier filing is taken over as it was, in another class the fields that both
 * classes have. Of another unit's case only what is meant to be learned from it: of annex 1 the demand, the architecture and the
 * reform, with the case as planning basis (column 6); of annex 2, which tells a company's technology, nothing but the fields of art. 6.
 * What is declared, signed, dated or counted anew is never copied, and neither are attachments: they prove one filing.
 */
export function copiedForm({ kind, snapshot, form }: Source, funding: FundingClass): Json {
  const from = snapshot.lifecycle as FundingClass;
  const { system, annex1, annex2 } = asFields(form);
  if (kind === 'replication') return replicated(snapshot, asFields(system), annex1, funding);
  if (from !== funding) return { system: only(asFields(system), shared) };
  return {
    system: without(asFields(system), declaredAnew),
    ...(annex1 === undefined ? {} : { annex1 }),
    ...(annex2 === undefined ? {} : { annex2: unsigned(asFields(annex2)) }),
  };
}

const declaredAnew = ['nonSecret', 'registeredInGuangxi'];
const shared = ['name', 'directions', 'subFields', 'crossCutting', 'division', 'sectors', 'constructUnit', 'cooperatingUnits', 'contact', 'totalInvestmentFen', 'assessedProducts', 'technologyReason'];
const learned = ['directions', 'subFields', 'crossCutting'];
const learnedOfAnnex1 = ['demandName', 'demandTypes', 'demandContent', 'applicationName', 'architecture', 'smallEntryScenarios', 'reformProject', 'reformTasks'];

function replicated({ context }: Snapshot, system: Fields, annex1: Json | undefined, funding: FundingClass): Json {
  const { name, unit } = context as unknown as ScenarioContext;
  const ofSystem = only(system, learned);
  if (funding === 'socialInvestment') return { system: ofSystem };
  return { system: ofSystem, annex1: { seqNo: 1, ...only(asFields(annex1), learnedOfAnnex1), planningBasis: `${unit.name}：${name}（案例库）` } };
}

// The opinion is signed and the day of filing is that of the new filing.
function unsigned({ cover, opinion: _opinion, ...rest }: Fields): Fields {
  return { ...rest, ...(cover === undefined ? {} : { cover: without(asFields(cover), ['filedOn']) }) };
}

function only(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}

function without(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

function asFields(value: Json | undefined): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

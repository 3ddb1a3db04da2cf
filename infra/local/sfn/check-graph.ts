import type { Findings, StateScope } from './findings.ts';
import { checkState, meansTheSame } from './check-state.ts';
import { type JsonObject, isObject } from './values.ts';

const rootFields = new Set(['Comment', 'StartAt', 'States', 'TimeoutSeconds', 'Version', 'QueryLanguage']);
const innerFields = new Set(['Comment', 'StartAt', 'States', 'ProcessorConfig', 'QueryLanguage']);
const maxTimeoutSeconds = 99_999_999;

/** Checks a whole definition. */
export function checkGraph(findings: Findings, root: JsonObject, type: 'STANDARD' | 'EXPRESS'): void {
  const missing = ['States', 'StartAt'].filter((field) => root[field] === undefined);
  if (missing.length > 0) return findings.schema(`These fields are required: [${missing.join(', ')}]`, '/');
  for (const field of Object.keys(root)) if (!rootFields.has(field)) findings.schema(`The field '${field}' is not supported`, `/${field}`);
  const language = root.QueryLanguage ?? 'JSONPath';
  if (language !== 'JSONata' && language !== 'JSONPath') findings.schema(`The field 'QueryLanguage' must be JSONata but was: ${String(language)}`, '/QueryLanguage');
  else if (language === 'JSONPath' && !statesAreJsonata(root)) findings.schema("The field 'QueryLanguage' must be JSONata: only JSONata is run here, not JSONPath (which is the default)", '/QueryLanguage');
  const timeout = root.TimeoutSeconds;
  if (timeout !== undefined && !(Number.isInteger(timeout) && (timeout as number) >= 1 && (timeout as number) <= maxTimeoutSeconds)) {
    findings.schema(`The field 'TimeoutSeconds' must be a whole number from 1 to ${maxTimeoutSeconds}`, '/TimeoutSeconds');
  }
  const names = new Map<string, string>();
  checkFlow(findings, root, { path: '', isJsonata: language === 'JSONata', outer: new Set(), names, type });
}

/** Whether the states say by themselves that they are JSONata, which AWS allows in a machine that is JSONPath otherwise. */
function statesAreJsonata(graph: JsonObject): boolean {
  const states = isObject(graph.States) ? Object.values(graph.States).filter(isObject) : [];
  return states.some((state) => state.QueryLanguage === 'JSONata') && states.every((state) => state.QueryLanguage === 'JSONata' || meansTheSame(state));
}

interface FlowPlace {
  readonly path: string;
  readonly isJsonata: boolean;
  /** Variables of the flows around this one. */
  readonly outer: ReadonlySet<string>;
  /** Where each state name was met: names are unique in the whole machine. */
  readonly names: Map<string, string>;
  readonly type: 'STANDARD' | 'EXPRESS';
}

function checkFlow(findings: Findings, graph: JsonObject, place: FlowPlace): void {
  const { path } = place;
  const states = graph.States;
  if (!isObject(states) || Object.keys(states).length === 0) return findings.schema("The field 'States' must be an object with at least one state", `${path}/States`);
  if (typeof graph.StartAt !== 'string') findings.schema("The field 'StartAt' must be a string", `${path}/StartAt`);
  else if (!Object.hasOwn(states, graph.StartAt)) findings.add('MISSING_TRANSITION_TARGET', `Missing 'Next' target: ${graph.StartAt}`, `${path}/StartAt`);
  const scope = { targets: new Set(Object.keys(states)), outer: place.outer, isJsonata: place.isJsonata, isExpress: place.type === 'EXPRESS' };
  for (const [name, state] of Object.entries(states)) {
    const at = `${path}/States/${name}`;
    checkName(findings, name, at, place.names);
    // Recorded on AWS: what a Parallel assigns itself, after its branches, they may assign too.
    const around = () => new Set([...place.outer, ...Object.entries(states).flatMap(([other, it]) => (other === name ? [] : assignedBy(it)))]);
    const inner: StateScope['inner'] = (graphInside, innerPath, isolated) => checkInner(findings, graphInside, innerPath, { ...place, outer: isolated ? new Set() : around() });
    if (isObject(state)) checkState(findings, state, at, { ...scope, inner });
    else findings.schema('A state must be an object', at);
  }
  checkReachable(findings, graph, states, path);
}

function checkInner(findings: Findings, graph: unknown, path: string, place: FlowPlace): void {
  if (!isObject(graph)) return findings.schema('Must be an object with StartAt and States', path);
  const missing = ['States', 'StartAt'].filter((field) => graph[field] === undefined);
  if (missing.length > 0) return findings.schema(`These fields are required: [${missing.join(', ')}]`, path);
  for (const field of Object.keys(graph)) if (!innerFields.has(field)) findings.schema(`The field '${field}' is not supported`, `${path}/${field}`);
  if (graph.QueryLanguage !== undefined && graph.QueryLanguage !== 'JSONata') findings.schema("The field 'QueryLanguage' must be JSONata: only JSONata is run here", `${path}/QueryLanguage`);
  checkFlow(findings, graph, { ...place, path, isJsonata: place.isJsonata || graph.QueryLanguage === 'JSONata' });
}

function checkName(findings: Findings, name: string, at: string, names: Map<string, string>): void {
  if (name.length === 0 || name.length > 80) findings.schema('The name of a state must have 1 to 80 characters', at);
  const before = names.get(name);
  if (before !== undefined) findings.add('DUPLICATE_STATE_NAME', `Duplicate State name: ${name} (also at ${before})`, at);
  names.set(name, at);
}

function assignedBy(state: unknown): readonly string[] {
  if (!isObject(state)) return [];
  const holders = [state, ...[state.Catch, state.Choices].flatMap((list) => (Array.isArray(list) ? (list as readonly unknown[]) : []))];
  return holders.flatMap((holder) => (isObject(holder) && isObject(holder.Assign) ? Object.keys(holder.Assign) : []));
}

function checkReachable(findings: Findings, graph: JsonObject, states: JsonObject, path: string): void {
  const reached = new Set<string>();
  const open = [graph.StartAt];
  while (open.length > 0) {
    const name = open.pop();
    const state = typeof name === 'string' ? states[name] : undefined;
    if (typeof name !== 'string' || reached.has(name) || !isObject(state)) continue;
    reached.add(name);
    open.push(state.Next, state.Default);
    for (const list of [state.Catch, state.Choices]) if (Array.isArray(list)) open.push(...list.map((entry: unknown) => (isObject(entry) ? entry.Next : undefined)));
  }
  for (const name of Object.keys(states)) if (!reached.has(name)) findings.add('MISSING_TRANSITION_TARGET', `State "${name}" is not reachable.`, `${path}/States/${name}`);
}

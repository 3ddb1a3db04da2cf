import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Model, RuleModel, TargetModel } from '../template/model.ts';
import type { Deliveries } from './deliveries.ts';
import { checkPattern, matches } from './pattern.ts';

/** One entry of PutEvents. */
export interface EventEntry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly Resources?: readonly string[];
  readonly EventBusName?: string;
  readonly Time?: number | string;
}

/** What PutEvents answers for one entry. */
export interface EntryResult {
  readonly EventId?: string;
  readonly ErrorCode?: string;
  readonly ErrorMessage?: string;
}

/** EventBridge: takes events and hands them to the targets of the rules they match. */
export interface Bus {
  /** PutEvents: no entry may name a service of AWS as its source. */
  put(entries: readonly EventEntry[]): EntryResult[];
  /** An event of a service of AWS. */
  announce(entry: EventEntry): EntryResult;
  /** Fires a rule's schedule. */
  tick(rule: RuleModel, at: number): void;
}

/** An event of 256 KB or more is refused by AWS. */
const entryLimit = 256 * 1024;

/** Opens the buses of the model; throws when a rule's pattern has an operator that is not interpreted. */
export function openBus(model: Model, clock: Clock, deliveries: Deliveries): Bus {
  for (const rule of model.rules.values()) if (rule.pattern) checkPattern(rule.pattern, `rule ${rule.name}`);
  const send = (rule: RuleModel, event: Record<string, unknown>) => {
    for (const target of rule.targets) deliveries.post(deliveryOf(rule, target, event, clock.now()));
  };
  const envelope = (fields: Record<string, unknown>, at: number) => ({
    version: '0',
    id: randomUUID(),
    account: model.accountId,
    time: `${new Date(at).toISOString().slice(0, 19)}Z`,
    region: model.region,
    resources: [],
    ...fields,
  });
  const announce = (entry: EventEntry): EntryResult => {
    const problem = problemOf(entry, model);
    if (problem) return problem;
    const at = entry.Time === undefined ? clock.now() : Number(new Date(typeof entry.Time === 'number' ? entry.Time * 1000 : entry.Time));
    const event = envelope({ 'detail-type': entry.DetailType, source: entry.Source, resources: entry.Resources ?? [], detail: JSON.parse(entry.Detail ?? '{}') }, at);
    const bus = busName(entry);
    for (const rule of model.rules.values()) if (rule.enabled && rule.bus === bus && rule.pattern && matches(rule.pattern, event)) send(rule, event);
    return { EventId: event.id };
  };
  return {
    put: (entries) => entries.map((entry) => (String(entry.Source).startsWith('aws.') ? reserved : announce(entry))),
    announce,
    tick: (rule, at) => send(rule, envelope({ 'detail-type': 'Scheduled Event', source: 'aws.events', resources: [rule.arn], detail: {} }, at)),
  };
}

/** As AWS answers: nobody speaks for its services. */
const reserved: EntryResult = { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };

const busName = (entry: EventEntry): string => (entry.EventBusName ?? 'default').split('/').at(-1) ?? 'default';

function problemOf(entry: EventEntry, model: Model): EntryResult | undefined {
  const refuse = (ErrorCode: string, ErrorMessage: string): EntryResult => ({ ErrorCode, ErrorMessage });
  for (const name of ['Source', 'DetailType', 'Detail'] as const) {
    if (!entry[name]) return refuse('InvalidArgument', `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);
  }
  if (!isObject(entry.Detail ?? '')) return refuse('MalformedDetail', 'Detail is malformed.');
  const size = Buffer.byteLength(`${entry.Source}${entry.DetailType}${entry.Detail}${(entry.Resources ?? []).join('')}`);
  if (size > entryLimit) return refuse('InvalidArgument', `Entry of ${size} bytes is over the limit of ${entryLimit}.`);
  const bus = busName(entry);
  if (bus !== 'default' && ![...model.buses.values()].includes(bus)) return refuse('ResourceNotFoundException', `Event bus ${bus} does not exist.`);
  return undefined;
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function deliveryOf(rule: RuleModel, target: TargetModel, event: Record<string, unknown>, now: number) {
  return {
    kind: 'event' as const,
    arn: target.arn,
    payload: inputOf(rule, target, event),
    from: { service: 'events.amazonaws.com', arn: rule.arn },
    retries: target.retries,
    expiresAt: now + target.maxAgeSeconds * 1000,
    ...(target.roleArn ? { roleArn: target.roleArn } : {}),
    ...(target.deadLetterArn ? { deadLetterArn: target.deadLetterArn } : {}),
  };
}

function inputOf(rule: RuleModel, target: TargetModel, event: Record<string, unknown>): string {
  if (target.input !== undefined) return target.input;
  if (target.inputPath !== undefined) return JSON.stringify(at(event, target.inputPath) ?? {});
  if (!target.transformer) return JSON.stringify(event);
  const { paths, template } = target.transformer;
  const fixed: Readonly<Record<string, unknown>> = {
    'aws.events.rule-arn': rule.arn,
    'aws.events.rule-name': rule.name,
    'aws.events.event': event,
    'aws.events.event.json': event,
    'aws.events.event.ingestion-time': event['time'],
  };
  return template.replaceAll(/("?)<([\w.-]+)>("?)/g, (whole, before: string, name: string, after: string) => {
    const known = name in paths || name in fixed;
    if (!known) return whole;
    const value = name in paths ? at(event, paths[name] ?? '$') : fixed[name];
    const bare = typeof value === 'string' && before === '' && after === '' && !template.trim().startsWith('"');
    // A text standing alone in a JSON template is quoted by EventBridge itself; within quotes it is put in as it is.
    return bare ? JSON.stringify(value) : `${before}${typeof value === 'string' ? JSON.stringify(value).slice(1, -1) : JSON.stringify(value ?? '')}${after}`;
  });
}

/** The value at a path such as `$.detail.status` or `$.resources[0]`. */
function at(event: unknown, path: string): unknown {
  const steps = path.replace(/^\$\.?/, '').match(/[^.[\]]+/g) ?? [];
  return steps.reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], event);
}

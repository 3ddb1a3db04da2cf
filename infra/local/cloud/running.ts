import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { openBus, type Bus } from '../events/bus.ts';
import { openDeliveries, type Deliveries } from '../events/deliveries.ts';
import { openQueues, type Queues } from '../events/queues.ts';
import { openTargets, type TargetServices } from '../events/targets.ts';
import { openTopics, type Topics } from '../events/topics.ts';
import { openStream } from '../dynamodb/stream.ts';
import { openTrimmer, passedByAll } from '../dynamodb/trim-stream.ts';
import { type EventSource, openEventSource, streamKey } from '../lambda/event-source.ts';
import { type Functions, openFunctions } from '../lambda/functions.ts';
import { openLog } from '../lambda/log.ts';
import type { Model } from '../template/model.ts';
import { functionVariables } from './function-variables.ts';
import type { Ground } from './ground.ts';
import type { Permissions } from './permissions.ts';
import type { Activity } from './settle.ts';
import type { States } from './states.ts';
import type { CloudOptions } from './types.ts';
import { unqualified } from '../unqualified.ts';

/** What runs by the template: functions and everything that leads to them. */
export interface Running {
  readonly functions: Functions;
  readonly bus: Bus;
  readonly queues: Queues;
  readonly topics: Topics;
  readonly deliveries: Deliveries;
  /** The streams' readers; filled by `readStreams`, which waits until everything else is up. */
  readonly sources: EventSource[];
  /** Something may have been written to a table. */
  onWrite(): void;
}

/** Threads per function: more than cores would only cost memory. */
const defaultThreads = Math.min(4, Math.max(2, availableParallelism()));
/**
 * How many short answers share a thread: half of its time one waits for the table. As Lambda's managed instances do it, and as
 * plain Lambda does not: what a function keeps between invocations must be good for all of them (`docs/decisions/0014`).
 */
const sharing = 8;
/** A function that may take longer than this many seconds may also keep its thread to itself that long. */
const shortSeconds = 15;

/** Opens functions, buses, queues and topics of the model. */
export function openRunning(options: CloudOptions, ground: Ground, model: Model, permissions: Permissions, states: States): Running {
  const { clock, credentials, store, undo, folder } = ground;
  const sources: EventSource[] = [];
  const onWrite = () => {
    for (const source of sources) source.nudge();
  };
  const direct = !options.enforce || options.tablesDirect === true;
  const urls = { front: ground.front.url, dynamodb: !direct ? ground.front.url : `http://127.0.0.1:${ground.enginePort}`, s3: ground.s3Url };
  const answering = answeringFunctions(model);
  const functions = openFunctions(model, {
    offset: clock.shared,
    logFolder: join(folder, 'logs'),
    threads: () => options.threads ?? defaultThreads,
    sideBySide: ({ arn, timeout }) => (answering.has(arn) && timeout <= shortSeconds ? sharing : 1),
    warmThreads: options.warmThreads,
    variables: (each) => functionVariables(each, model.region, credentials.keyFor(each.roleArn), urls),
    // Behind the front door each write is seen as it happens; without it, a function's end is the sign.
    afterInvocation: direct ? onWrite : () => undefined,
  });
  undo.push(functions.close);
  const queues = openQueues(model, clock, store);
  const log = openLog(join(folder, 'logs'), 'events');
  const notices = openLog(join(folder, 'logs'), 'notices');
  undo.push(log.close, notices.close);
  // Buses and topics deliver through the deliveries, which deliver to buses and topics.
  const services = { model, clock, functions, queues, log, permit: permissions.permit, states: states.call } as Partial<TargetServices> as TargetServices;
  services.deliveries = openDeliveries(store, clock, openTargets(services));
  undo.push(services.deliveries.stop);
  services.bus = openBus(model, clock, services.deliveries);
  services.topics = openTopics(model, clock, services.deliveries, notices);
  return { functions, bus: services.bus, queues, topics: services.topics, deliveries: services.deliveries, sources, onWrite };
}

/** The functions behind the gateways of the model, by unqualified ARN. */
function answeringFunctions({ apis }: Model): ReadonlySet<string> {
  const integrations = [...apis.values()].flatMap((api) => [...api.integrations.values()]);
  return new Set(integrations.map(({ functionArn }) => unqualified(functionArn)));
}

/** Starts reading the streams for the functions mapped to them. */
export async function readStreams(ground: Ground, model: Model, running: Running): Promise<void> {
  const { engine, store, clock, undo } = ground;
  const trimmer = openTrimmer(join(ground.folder, 'tables.sqlite'));
  if (trimmer) undo.push(trimmer.close);
  for (const each of model.eventSources) {
    const table = [...model.tables.values()].find(({ streamArn }) => streamArn === each.sourceArn);
    if (!table) throw new Error(`event source ${each.id} reads ${each.sourceArn}, which is no stream of this app`);
    const stream = openStream(engine, table.name, { region: model.region, arn: each.sourceArn });
    const source = await openEventSource(each, stream, {
      clock,
      functions: running.functions,
      position: store.position,
      setPosition: (key, position) => {
        store.setPosition(key, position);
        const readers = model.eventSources.filter(({ sourceArn }) => sourceArn === each.sourceArn);
        const passed = passedByAll(readers.map(({ id }) => store.position(streamKey(id))));
        if (passed !== undefined) trimmer?.trim(table.name, passed);
      },
      giveUp: (arn, payload) => running.deliveries.post({ kind: 'event', arn, payload, retries: 10, expiresAt: clock.now() + 86_400_000 }),
    });
    running.sources.push(source);
    undo.push(source.stop);
  }
}

/** What must be at rest before the cloud is. */
export function activities(running: Running, states: States): Readonly<Record<string, Activity>> {
  const { functions, deliveries, sources } = running;
  return {
    streams: {
      quiet: async () => {
        for (const source of sources) await source.drain();
      },
      busy: () => sources.some((source) => source.busy()),
      count: () => 0,
    },
    'step functions': states,
    deliveries: { quiet: async () => undefined, busy: () => deliveries.busy() > 0, count: () => 0 },
    functions: { quiet: async () => undefined, busy: () => functions.busy() > 0, count: () => Object.values(functions.counts()).reduce((sum, count) => sum + count, 0) },
  };
}

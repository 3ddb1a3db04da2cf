import type { LifecycleName } from '../../machines/decision.ts';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Desk } from '../cases/act.ts';
import { eventOf, notesOf, type EventNotes } from '../store/case.ts';
import type { EventRecord } from '../store/chain.ts';
import { enterLibrary } from '../library/entries.ts';
import { joinedReads, loadCase, type ReadItem } from '../store/load.ts';
import { messagesOf } from '../store/outbox.ts';
import { deliver } from './deliver.ts';
import { firstLegInput } from './step.ts';
import { wake, type Waker } from './wake.ts';

/** Follows the log: for each new event answers the executions it moves, starts the first leg of a new case, lists a case that was taken into the library, delivers what it tells other cases. Answers the records to try again. */
export async function relay(desk: Desk & Waker, stream: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  // Cases are independent, events of one case are not: each case's records go in order, and stop at the first that fails.
  const lanes = Map.groupBy(stream.Records.filter(isEvent), (record) => record.dynamodb?.Keys?.['pk']?.S ?? '');
  const read = joinedReads(desk.table);
  const failed = await Promise.all([...lanes.values()].map((lane) => followLane(desk, read, lane)));
  return { batchItemFailures: failed.flat().map((itemIdentifier) => ({ itemIdentifier })) };
}

async function followLane(desk: Desk & Waker, read: ReadItem, lane: readonly DynamoDBRecord[]): Promise<string[]> {
  for (const [index, record] of lane.entries()) {
    try {
      await follow(desk, read, eventIn(record));
    } catch (error) {
      console.error(JSON.stringify({ relay: 'failed', record: record.eventID, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }));
      return lane.slice(index).map((one) => one.dynamodb?.SequenceNumber ?? '');
    }
  }
  return [];
}

/** Follows one event; may run twice. */
async function follow(desk: Desk & Waker, read: ReadItem, { event, notes, lifecycle }: Followed): Promise<void> {
  if (event.n === 1 && !notes.runs) await desk.steps.start(lifecycle, firstLegInput(event, desk.now));
  if (Object.keys(event.routes).length > 0) await wake(desk, read, event, desk.now);
  if (event.command === 'acceptCase') await intoLibrary(desk, event);
  if (notes.tells) for (const message of await messagesOf(desk.table, event.case, event.n)) await deliver(desk, message);
}

async function intoLibrary(desk: Desk, { case: id, n, at }: EventRecord): Promise<void> {
  const head = await loadCase(desk.table, id);
  if (head) await enterLibrary(desk.table, head, n, at);
}

/** What the relay needs of an event item. */
export interface Followed {
  readonly event: EventRecord;
  readonly notes: EventNotes;
  readonly lifecycle: LifecycleName;
}

/** An event item, or its stream record, as the relay reads it. */
function followedIn(image: Record<string, AttributeValue>): Followed {
  const { event } = eventOf(image);
  return { event, notes: notesOf(image), lifecycle: lifecycleOf(event) };
}

function isEvent(record: DynamoDBRecord): boolean {
  return record.eventName === 'INSERT' && record.dynamodb?.Keys?.['sk']?.S?.startsWith('E#') === true;
}

function eventIn(record: DynamoDBRecord): Followed {
  return followedIn((record.dynamodb?.NewImage ?? {}) as unknown as Record<string, AttributeValue>);
}

// `definition` is `<lifecycle>@<version>`.
function lifecycleOf(event: EventRecord): LifecycleName {
  return event.definition.split('@', 1)[0] as LifecycleName;
}

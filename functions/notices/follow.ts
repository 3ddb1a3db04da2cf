import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { noticesOf } from '../../machines/notices.ts';
import { openTasks } from '../../machines/open-tasks.ts';
import { caseKey, sk, type Item } from '../store/keys.ts';
import { eventOf, headOf, notesOf, type Head } from '../store/case.ts';
import type { EventRecord } from '../store/chain.ts';
import { eventsAfter, joinedReads, type ReadItem } from '../store/load.ts';
import { joinedPuts, type PutItem } from '../store/put.ts';
import { tell, type NoticeDesk } from './tell.ts';

/** Follows the log for people: derives from each new event what desks are told. May run twice; answers the records to try again. */
export async function followForPeople(desk: NoticeDesk, { Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const way: Way = { read: joinedReads(desk.table), put: joinedPuts(desk.table) };
  const failed = await Promise.all(Records.map(async (record) => ((await followed(desk, way, record)) ? [] : [record.dynamodb?.SequenceNumber ?? ''])));
  return { batchItemFailures: failed.flat().map((itemIdentifier) => ({ itemIdentifier })) };
}

/** To and from the table: what many records read or write in the same moment goes in one call. */
interface Way {
  readonly read: ReadItem;
  readonly put: PutItem;
}

async function followed(desk: NoticeDesk, way: Way, record: DynamoDBRecord): Promise<boolean> {
  try {
    const image = (record.dynamodb?.NewImage ?? {}) as unknown as Item;
    const { opens } = notesOf(image);
    if (opens) await tellOf(desk, way, eventOf(image).event, opens);
    return true;
  } catch (error) {
    console.error(JSON.stringify({ notices: 'failed', record: record.eventID, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }));
    return false;
  }
}

async function tellOf(desk: NoticeDesk, { read, put }: Way, event: EventRecord, opened: readonly string[]): Promise<void> {
  const item = await read(caseKey(event.case, sk.head));
  if (!item) return;
  const head = headOf(item);
  const passed = event.command === 'deadlinePassed' ? await timesPassed(desk, head, event) : 0;
  const notices = noticesOf(head.snapshot, { command: event.command, args: event.args, unit: event.actor.org.id, at: event.at, opened: stillOpen(head, event, opened), passed });
  await Promise.all(notices.map(({ key, ...notice }) => tell(desk, put, { ...notice, id: `${event.case}-${event.n}-${key}`, at: event.at, case: event.case, lifecycle: head.lifecycle })));
}

/** Of the to-dos that an event opened those of leaves that the case has not entered since: a later event tells of its own, under the same slot. */
function stillOpen(head: Head, { n }: EventRecord, opened: readonly string[]): string[] {
  const later = openTasks(head.snapshot).filter(({ leaf }) => (head.at[leaf]?.n ?? 0) > n).map(({ slot }) => slot);
  return opened.filter((slot) => !later.includes(slot));
}

/** How often the deadline of the event's leaf has passed on this visit: rare, so it is counted and not kept. */
async function timesPassed({ table }: NoticeDesk, { at }: Head, event: EventRecord): Promise<number> {
  const leaf = String(event.args['leaf']);
  let passed = 1;
  for await (const { event: other } of eventsAfter(table, event.case, at[leaf]?.n ?? event.n)) {
    if (other.n >= event.n) break;
    if (other.command === 'deadlinePassed' && other.args['leaf'] === leaf) passed += 1;
  }
  return passed;
}

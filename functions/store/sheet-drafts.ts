import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { caseKey, count, sk, text, type Item } from './keys.ts';
import { follows, putIf } from './put.ts';
import { counted, meter, type Table } from './table.ts';

/** A sheet that an expert has begun and not submitted: no event of the case, and nobody else's to see. */
export interface SheetDraft {
  /** 1 with the first save, one more with each. */
  readonly revision: number;
  readonly savedAt: string;
  /** The sheet so far, as JSON text. */
  readonly sheet: string;
}

/** The draft of an expert's sheet, strongly consistent; `undefined` when there is none. */
export async function loadSheetDraft(table: Table, id: string, expert: string): Promise<SheetDraft | undefined> {
  const answer = await table.client.send(new GetItemCommand({ TableName: table.name, Key: caseKey(id, sk.sheetDraft(expert)), ConsistentRead: true, ...counted(table) }));
  meter(table, answer.ConsumedCapacity);
  return answer.Item && { revision: count(answer.Item, 'revision'), savedAt: text(answer.Item, 'savedAt'), sheet: text(answer.Item, 'sheet') };
}

// The table forgets a draft long after its review is over; until then it does no harm beside the sheet.
const keptSeconds = 400 * 24 * 60 * 60;

/** Keeps a draft if the one before it is still the newest; answers whether it was. */
export async function keepSheetDraft(table: Table, id: string, expert: string, draft: SheetDraft): Promise<boolean> {
  const item: Item = {
    ...caseKey(id, sk.sheetDraft(expert)),
    revision: { N: String(draft.revision) }, savedAt: { S: draft.savedAt }, sheet: { S: draft.sheet },
    expiresAt: { N: String(Math.floor(Date.parse(draft.savedAt) / 1000) + keptSeconds) },
  };
  return putIf(table, item, follows('revision', draft.revision));
}

import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { act } from '../cases/act.ts';
import { attachmentOf, quarantineWrites, type Attachment, type Scan } from '../files/attachment.ts';
import type { FileDesk } from '../files/desk.ts';
import { caseKey, sk } from '../store/keys.ts';
import { loadCase, nameOf, readItems } from '../store/load.ts';
import { systemActor } from '../store/people.ts';
import { Conflict } from '../store/save.ts';
import { wasSentAgain } from '../store/sent-again.ts';
import type { Verdict } from './verdict.ts';

/**
 * Keeps a verdict with the attachment it is about: one small write, and only where a file is infected an event on its case, in
 * the transaction that locks the file away. A verdict after one that said clean or infected, or for a file that is gone, changes nothing.
 */
export async function keepVerdict(desk: FileDesk, about: { readonly case: string; readonly id: string }, by: Scan['by'], verdict: Verdict): Promise<'noted' | 'ignored'> {
  if (verdict.status === 'infected') return (await lockAway(desk, about, scanOf(desk, by, verdict))) ? 'noted' : 'ignored';
  const scan = scanOf(desk, by, verdict);
  const Key = caseKey(about.case, sk.attachment(about.id));
  try {
    await desk.table.client.send(
      new UpdateItemCommand({
        TableName: desk.table.name,
        Key,
        UpdateExpression: 'SET #scan = :scan',
        ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(#scan) OR contains(#scan, :waiting) OR contains(#scan, :failed))',
        ExpressionAttributeNames: { '#scan': 'scan' },
        ExpressionAttributeValues: { ':scan': { S: JSON.stringify(scan) }, ':waiting': { S: '"waiting"' }, ':failed': { S: '"failed"' } },
      }),
    );
    return 'noted';
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return wasSentAgain(error) && (await readItems(desk.table, [Key])).get(nameOf(Key))?.['scan']?.S === JSON.stringify(scan) ? 'noted' : 'ignored';
  }
}

/** A verdict as it stands with its attachment. */
export function scanOf({ now }: Pick<FileDesk, 'now'>, by: Scan['by'], verdict: Verdict): Scan {
  const at = new Date(now).toISOString();
  switch (verdict.status) {
    case 'clean':
      return { status: 'clean', by, at };
    case 'infected':
      return { status: 'infected', by, at, signature: verdict.signature };
    case 'failed':
      return { status: 'failed', by, at, signature: verdict.reason };
  }
}

const tries = 10;

/** Locks an infected file away: its record says so from now on, its case has the event, and what counted as complete no longer does. Answers whether there was something to lock away. */
export async function lockAway(desk: FileDesk, about: { readonly case: string; readonly id: string }, scan: Scan): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const head = await loadCase(desk.table, about.case);
    // Read anew each time: in this moment the file may be confirmed, or locked away by the same verdict that arrived twice.
    const attachment = head && (await find(desk, about));
    if (!attachment || attachment.status === 'quarantined') return false;
    const { id, part, name, status } = attachment;
    const args = { attachment: id, part, name, signature: scan.signature ?? '', counted: status === 'confirmed' };
    try {
      const done = await act(desk, head, { actor: systemActor, command: { type: 'quarantineAttachment', args }, further: quarantineWrites(desk.table, attachment, scan) });
      if (!done.ok) throw new Error(`the infected file ${about.case} ${id} could not be locked away`);
      return true;
    } catch (error) {
      if (!(error instanceof Conflict) || attempt === tries) throw error;
    }
  }
}

async function find(desk: FileDesk, about: { readonly case: string; readonly id: string }): Promise<Attachment | undefined> {
  const key = caseKey(about.case, sk.attachment(about.id));
  const item = (await readItems(desk.table, [key])).get(nameOf(key));
  return item && attachmentOf(item);
}

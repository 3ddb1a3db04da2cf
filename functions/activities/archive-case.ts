import type { Command } from '../../machines/decision.ts';
import { archivedEvent, caseFile, caseFileText } from '../cases/case-file.ts';
import { writeObject } from '../files/bucket.ts';
import type { FileDesk } from '../files/desk.ts';
import type { Head } from '../store/case.ts';

/** Writes the case file of a case that is about to close; throws when its chain does not hold, so that no broken file is ever archived. */
export async function archiveCase(desk: FileDesk, head: Head): Promise<Command> {
  const file = await caseFile(desk.table, head);
  if (!file.verification.ok) throw new Error(`the events of ${head.id} do not chain: event ${file.verification.n}, ${file.verification.reason}`);
  // The version in the key: a repeat writes the same bytes to the same place, a later file another one.
  const key = `archive/${head.id}/${head.version}.json`;
  const { sha256 } = await writeObject(desk.bucket, key, 'application/json; charset=utf-8', once(caseFileText(file, file.events.map(archivedEvent))));
  return { type: 'finishArchive', args: { key, sha256 } };
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

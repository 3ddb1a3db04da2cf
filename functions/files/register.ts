import { act } from '../cases/act.ts';
import { stepAside } from '../cases/overtaken.ts';
import { refused } from '../cases/refusals.ts';
import { Problem } from '../http/problem.ts';
import type { About } from '../http/who.ts';
import { infected } from '../scan/scan-upload.ts';
import { caseKey, sk } from '../store/keys.ts';
import { loadCase, nameOf, readItems } from '../store/load.ts';
import { Conflict } from '../store/save.ts';
import { attachmentOf, confirmationWrites, type Attachment } from './attachment.ts';
import type { FileDesk } from './desk.ts';

/** A file as it stands registered, and the version of its case. */
export interface Registered {
  readonly attachment: Attachment;
  readonly version: number;
}

/**
 * Registers a checked file with its case, once: who comes second gets what the first one wrote. Files arrive side by side and do not depend on
 * each other: the command is decided on the newest version instead of asking for one. Throws `Problem`.
 */
export async function register(desk: FileDesk, { actor, head }: About, attachment: Attachment): Promise<Registered> {
  const { id, part, name, size, sha256, sm3 = '', replaces } = attachment;
  const command = { type: 'confirmAttachment', args: { attachment: id, part, name, size, sha256, sm3, ...(replaces === undefined ? {} : { replaces }) } };
  let newest = head;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const done = await act(desk, newest, { actor, command, further: confirmationWrites(desk.table, attachment) });
      if (!done.ok) throw refused(done, newest.snapshot);
      return { attachment, version: done.head.version };
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      newest = (await loadCase(desk.table, head.id)) ?? newest;
      const there = await registeredBefore(desk, attachment);
      if (there) return { attachment: there, version: newest.version };
      await stepAside(attempt);
    }
  }
}

/** The same file where it was registered meanwhile. Throws `Problem` where it was locked away, or what it replaces is gone. */
async function registeredBefore(desk: FileDesk, { case: owner, id, replaces }: Attachment): Promise<Attachment | undefined> {
  const keys = [id, ...(replaces === undefined ? [] : [replaces])].map((one) => caseKey(owner, sk.attachment(one)));
  const items = await readItems(desk.table, keys);
  const [mine, earlier] = keys.map((key) => items.get(nameOf(key))).map((item) => item && attachmentOf(item));
  if (mine?.status === 'quarantined') throw infected(mine);
  if (mine?.status === 'confirmed') return mine;
  if (replaces !== undefined && earlier?.status !== 'confirmed') throw new Problem('conflict', '要替换的附件刚刚被删除或替换，请刷新后重新登记');
  return undefined;
}

import type { Command, Json, Refusal } from '../../machines/decision.ts';
import { attachmentParts, type AttachmentPart } from '../../shared/contracts/attachments.ts';
import { attachmentOf, type Attachment } from '../files/attachment.ts';
import { caseKey, sk } from '../store/keys.ts';
import { nameOf, readItems } from '../store/load.ts';
import type { Table } from '../store/table.ts';

/** A file that a command names: where in its arguments (JSON pointer, RFC 6901), and which. */
export interface NamedFile {
  readonly pointer: string;
  readonly id: string;
}

/** Commands that bring a file into the case or lock it away; whoever sends them has looked at it already. */
const carriers: readonly string[] = ['confirmAttachment', 'quarantineAttachment'];

/** The files that a command's arguments name, wherever in them: every schema calls such a member `attachment`. */
export function namedFiles({ type, args }: Command): NamedFile[] {
  return carriers.includes(type) ? [] : namedIn(args as Json, '');
}

function namedIn(value: Json, pointer: string): NamedFile[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === 'attachment' && typeof inner === 'string' ? [{ pointer: `${pointer}/attachment`, id: inner }] : namedIn(inner as Json, `${pointer}/${name}`)));
}

/**
 * Why a command may not name the files it names: each must be one of the case's own, uploaded, checked and still in force. Answers
 * `rule-refused` with an error for each member that is wrong, `undefined` where all are well; reads nothing when none is named.
 */
export async function wrongFiles(table: Table, owner: string, command: Command): Promise<Refusal | undefined> {
  const named = namedFiles(command);
  if (named.length === 0) return undefined;
  const keyOf = ({ id }: NamedFile) => caseKey(owner, sk.attachment(id));
  const items = await readItems(table, [...new Map(named.map((each) => [each.id, keyOf(each)])).values()]);
  const errors = named.flatMap((each) => {
    const item = items.get(nameOf(keyOf(each)));
    const detail = wrongWith(item && attachmentOf(item), command);
    return detail === undefined ? [] : [{ pointer: each.pointer, detail }];
  });
  const [first] = errors;
  return first && { ok: false, problem: 'rule-refused', rule: 'attachmentIsOfTheCase', detail: first.detail, figures: { errors } };
}

function wrongWith(file: Attachment | undefined, { type, args }: Command): string | undefined {
  if (!file) return '本场景没有这份附件，请先在“附件”中上传，再从列表中选择';
  if (file.status !== 'confirmed') return statusSays[file.status];
  const claimed = type === 'removeAttachment' ? String(args['part']) : file.part;
  return claimed === file.part ? undefined : `这份附件是“${attachmentParts[file.part as AttachmentPart]?.title ?? file.part}”，与所填类别不符，请刷新后重试`;
}

const statusSays = {
  pending: '这份附件还没有上传完成，请完成上传后再选择',
  removed: '这份附件已被删除，请选择其他附件',
  replaced: '这份附件已被新的文件替换，请选择替换后的附件',
  quarantined: '这份附件带有病毒，已被隔离，请上传未感染的文件',
} as const satisfies Record<Exclude<Attachment['status'], 'confirmed'>, string>;

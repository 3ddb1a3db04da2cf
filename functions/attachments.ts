import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { createHash } from 'node:crypto';
import { decide } from '../machines/decide.ts';
import { packOf } from '../machines/pack.ts';
import { offers } from '../machines/offers.ts';
import { attachmentParts, missingParts, requiredParts, type AttachmentPart } from '../shared/contracts/attachments.ts';
import type { Actor, OrganisationKind } from '../shared/actor.ts';
import { announcement } from './api/uploads.ts';
import { act, type Desk, type Done } from './cases/act.ts';
import { refused } from './cases/refusals.ts';
import { attachmentAnswer, attachmentItem, attachmentOf, confirmationWrites, objectKey, type Attachment } from './files/attachment.ts';
import { readObject } from './files/bucket.ts';
import type { FileDesk } from './files/desk.ts';
import { downloadSeconds, downloadUrl, uploadLink, uploadSeconds, viewUrl } from './files/presign.ts';
import { fileTypes, telltaleBytes, typeOfBytes, type FileType } from './files/types.ts';
import { checked, idempotencyKey, jsonBody, subjectOf } from './http/door.ts';
import { Problem } from './http/problem.ts';
import { idFrom, routeOf } from './http/routes.ts';
import { jsonAnswer, type HttpAnswer, type HttpRequest } from './http/shell.ts';
import { whoAsksAbout, type About } from './http/who.ts';
import type { Head } from './store/case.ts';
import type { Digests } from '../shared/evidence.ts';
import { runningDigest } from './store/digest.ts';
import { caseKey, sk } from './store/keys.ts';
import { itemsOf } from './store/lists.ts';
import { loadCase, nameOf, readItems } from './store/load.ts';
import { Conflict } from './store/save.ts';

/** The routes of attachments. */
export const attachmentRoutes = {
  announce: 'POST /scenarios/{id}/attachments',
  list: 'GET /scenarios/{id}/attachments',
  confirm: 'POST /scenarios/{id}/attachments/{attachment}/confirm',
  link: 'GET /scenarios/{id}/attachments/{attachment}/link',
} as const;

/** Answers a request about attachments. Throws `Problem`. */
export async function attachments(desk: FileDesk, request: HttpRequest): Promise<HttpAnswer> {
  const { name, parts } = routeOf(attachmentRoutes, request);
  subjectOf(request); // before anything is said about the content
  const announced = name === 'announce' ? { key: idempotencyKey(request), ...checked(announcement, jsonBody(request)) } : undefined;
  const about = await whoAsksAbout(desk.table, request, parts, 'scenarios');
  if (announced) return announce(desk, about, announced);
  if (name === 'list') return list(desk, about);
  const attachment = await load(desk, about.head.id, idFrom(parts, 'attachment'));
  return name === 'confirm' ? confirm(desk, about, attachment) : link(desk, attachment);
}

const dayInSeconds = 24 * 60 * 60;

async function announce(desk: FileDesk, { actor, head }: About, { key, ...file }: { readonly key: string } & Pick<Attachment, 'part' | 'name' | 'type' | 'size' | 'sha256' | 'year'>): Promise<HttpAnswer> {
  mustBeAllowed(desk, head, actor);
  const id = `a-${createHash('sha256').update(JSON.stringify([head.id, actor.person, key])).digest('hex').slice(0, 20)}`;
  const attachment: Attachment = { ...file, case: head.id, id, by: actor.person, createdAt: new Date(desk.now).toISOString(), status: 'pending' };
  const kept = await keepPending(desk, attachment);
  const upload = await uploadLink(desk.bucket, kept);
  const expiresAt = new Date(desk.now + uploadSeconds * 1000).toISOString();
  return jsonAnswer({ attachment: attachmentAnswer(kept), upload: { method: 'PUT', ...upload, expiresAt } }, {}, 201);
}

// The same announcement again gets the same attachment and a fresh link; the same key for another file is refused.
async function keepPending(desk: FileDesk, attachment: Attachment): Promise<Attachment> {
  const there = await find(desk, attachment.case, attachment.id);
  if (there) {
    const same = there.sha256 === attachment.sha256 && there.part === attachment.part && there.size === attachment.size && there.type === attachment.type && there.year === attachment.year;
    if (!same || there.status !== 'pending') throw new Problem('conflict', '这个 Idempotency-Key 已用于另一份附件，请换用新的编号');
    return there;
  }
  const expiresAt = Math.ceil(desk.now / 1000) + 7 * dayInSeconds;
  await desk.table.client.send(new PutItemCommand({ TableName: desk.table.name, Item: attachmentItem(attachment, expiresAt), ConditionExpression: 'attribute_not_exists(pk)' }));
  return attachment;
}

async function list(desk: FileDesk, { head }: About): Promise<HttpAnswer> {
  const items = (await itemsOf(desk.table, head.id, sk.attachment(''))).map(attachmentOf);
  const present = items.filter(({ status }) => status === 'confirmed').map(({ part }) => part);
  const kind = head.lifecycle === 'socialInvestment' ? kindOf(head) : undefined;
  const missing = kind ? missingParts(kind, present) : [];
  return jsonAnswer({
    items: items.map(attachmentAnswer),
    required: kind ? requiredParts(kind) : [],
    missing: missing.map((part: AttachmentPart) => ({ part, ...attachmentParts[part] })),
  });
}

async function link(desk: FileDesk, attachment: Attachment): Promise<HttpAnswer> {
  if (attachment.status === 'pending') throw new Problem('wrong-state', '这份附件尚未核验，不能下载；请先上传并确认');
  const expiresAt = new Date(desk.now + downloadSeconds * 1000).toISOString();
  const view = await viewUrl(desk.bucket, attachment);
  return jsonAnswer({ url: await downloadUrl(desk.bucket, attachment), ...(view ? { view } : {}), expiresAt });
}

async function confirm(desk: FileDesk, about: About, attachment: Attachment): Promise<HttpAnswer> {
  if (attachment.status !== 'pending') return confirmed(attachment, about.head.version);
  mustBeAllowed(desk, about.head, about.actor);
  const upload = await uploaded(desk, attachment);
  const done: Attachment = { ...attachment, status: 'confirmed', sm3: upload.sm3, version: upload.version, confirmedAt: new Date(desk.now).toISOString() };
  return confirmed(done, (await register(desk, about, done)).head.version);
}

function confirmed(attachment: Attachment, version: number): HttpAnswer {
  return jsonAnswer({ attachment: attachmentAnswer(attachment), version }, { etag: `"${version}"` });
}

const registerTries = 10;

// Files arrive side by side and do not depend on each other: the command is decided on the newest version instead of asking for one.
async function register(desk: FileDesk, { actor, head }: About, attachment: Attachment): Promise<Done> {
  const { id, part, name, size, sha256, sm3 = '' } = attachment;
  const command = { type: 'confirmAttachment', args: { attachment: id, part, name, size, sha256, sm3 } };
  let newest = head;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const done = await act(desk, newest, { actor, command, further: confirmationWrites(desk.table, attachment) });
      if (!done.ok) throw refused(done, newest.snapshot);
      return done;
    } catch (error) {
      if (!(error instanceof Conflict) || attempt === registerTries) throw error;
      newest = (await loadCase(desk.table, head.id)) ?? newest;
    }
  }
}

/** Checks the uploaded bytes themselves, streaming: size, SHA-256, and the type by content. What does not fit is refused and stays out of reach: only confirmed files get links. */
async function uploaded(desk: FileDesk, attachment: Attachment): Promise<Digests & { readonly version: string | undefined }> {
  const object = await readObject(desk.bucket, objectKey(attachment));
  if (!object) throw new Problem('wrong-state', '还没有收到文件，请先按上传地址上传，再确认');
  const { digests, size, type } = await digested(object.pieces);
  const wrong = wrongWith(attachment, { size, sha256: digests.sha256, type });
  if (wrong === undefined) return { ...digests, version: object.version };
  throw new Problem('invalid-input', wrong.detail, { errors: [wrong] });
}

async function digested(pieces: AsyncIterable<Uint8Array>): Promise<{ readonly digests: Digests; readonly size: number; readonly type: FileType | undefined }> {
  const running = runningDigest();
  let size = 0;
  let beginning: Uint8Array = new Uint8Array();
  let ending: Uint8Array = new Uint8Array();
  for await (const piece of pieces) {
    running.update(piece);
    size += piece.length;
    if (beginning.length < 16) beginning = Buffer.concat([beginning, piece.subarray(0, 16)]);
    ending = Buffer.concat([ending, piece]).subarray(-telltaleBytes);
  }
  return { digests: running.digest(), size, type: typeOfBytes(beginning, ending) };
}

function wrongWith(announced: Attachment, found: { readonly size: number; readonly sha256: string; readonly type: string | undefined }): { readonly pointer: string; readonly detail: string } | undefined {
  if (found.size !== announced.size) return { pointer: '/size', detail: `文件大小不符：登记 ${announced.size} 字节，收到 ${found.size} 字节，请重新登记并上传` };
  if (found.sha256 !== announced.sha256) return { pointer: '/sha256', detail: '文件内容与登记的摘要不符，可能在传输中损坏，请重新登记并上传' };
  if (found.type === announced.type) return undefined;
  return { pointer: '/type', detail: `文件内容不是 ${fileTypes[announced.type]} 格式，请转换为所登记的格式后重新上传（可用：${Object.values(fileTypes).join('、')}）` };
}

function mustBeAllowed(desk: Desk, head: Head, actor: Actor): void {
  const now = new Date(desk.now).toISOString();
  const asked = { actor, now, policy: packOf(head.snapshot, desk.policy, now) };
  const offer = offers(head.snapshot, asked).find(({ command }) => command === 'confirmAttachment');
  if (offer?.allowed) return;
  if (offer?.refusal) throw refused(offer.refusal, head.snapshot);
  // Nothing on offer: the core says whether it is the wrong moment or the wrong person.
  const decision = decide(head.snapshot, { type: 'confirmAttachment', args: {} }, asked);
  throw decision.ok ? new Problem('wrong-state', '当前环节不能提交附件') : refused(decision, head.snapshot);
}

async function load(desk: FileDesk, id: string, attachment: string): Promise<Attachment> {
  const found = await find(desk, id, attachment);
  if (!found) throw new Problem('not-found', '没有找到这份附件，请核对编号');
  return found;
}

async function find(desk: FileDesk, id: string, attachment: string): Promise<Attachment | undefined> {
  const key = caseKey(id, sk.attachment(attachment));
  const item = (await readItems(desk.table, [key])).get(nameOf(key));
  return item && attachmentOf(item);
}

function kindOf(head: Head): OrganisationKind {
  return (head.snapshot.context['unit'] as unknown as { readonly kind: OrganisationKind }).kind;
}

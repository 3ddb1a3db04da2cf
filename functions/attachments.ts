import { createHash } from 'node:crypto';
import { decide } from '../machines/decide.ts';
import { packOf } from '../machines/pack.ts';
import { offers } from '../machines/offers.ts';
import { attachmentParts, completenessOf, missingParts, requiredParts, type AttachmentPart } from '../shared/contracts/attachments.ts';
import type { Actor, OrganisationKind } from '../shared/actor.ts';
import { announcement } from './api/uploads.ts';
import type { Desk } from './cases/act.ts';
import { refused } from './cases/refusals.ts';
import { attachmentAnswer, attachmentItem, attachmentOf, type Attachment } from './files/attachment.ts';
import { checkUpload } from './files/check-upload.ts';
import type { FileDesk, ScanDesk } from './files/desk.ts';
import { beginPieces, dropPieces, joinPieces, pieceLinks } from './files/pieces.ts';
import { register, type Registered } from './files/register.ts';
import { downloadSeconds, downloadUrl, uploadLink, uploadSeconds, viewUrl } from './files/presign.ts';
import { checked, idempotencyKey, jsonBody, subjectOf } from './http/door.ts';
import { badInput, Problem } from './http/problem.ts';
import { idFrom, routeOf } from './http/routes.ts';
import { jsonAnswer, type HttpAnswer, type HttpRequest } from './http/shell.ts';
import { whoAsksAbout, type About } from './http/who.ts';
import { infected, mustBeOpenTo, scanUpload } from './scan/scan-upload.ts';
import type { Head } from './store/case.ts';
import { dayOf } from '../shared/days.ts';
import { caseKey, sk } from './store/keys.ts';
import { itemsOf } from './store/lists.ts';
import { loadCase, nameOf, readItems } from './store/load.ts';
import { isNew, putIf } from './store/put.ts';

/** The routes of attachments. */
export const attachmentRoutes = {
  announce: 'POST /scenarios/{id}/attachments',
  list: 'GET /scenarios/{id}/attachments',
  confirm: 'POST /scenarios/{id}/attachments/{attachment}/confirm',
  link: 'GET /scenarios/{id}/attachments/{attachment}/link',
} as const;

/** Answers a request about attachments. Throws `Problem`. */
export async function attachments(desk: ScanDesk, request: HttpRequest): Promise<HttpAnswer> {
  const { name, parts } = routeOf(attachmentRoutes, request);
  subjectOf(request); // before anything is said about the content
  const announced = name === 'announce' ? { key: idempotencyKey(request), ...checked(announcement, jsonBody(request)) } : undefined;
  const about = await whoAsksAbout(desk.table, request, parts, 'scenarios');
  if (announced) return announce(desk, about, announced);
  if (name === 'list') return list(desk, about);
  const attachment = await load(desk, about.head.id, idFrom(parts, 'attachment'));
  return name === 'confirm' ? confirm(desk, about, attachment) : link(desk, about, attachment);
}

const dayInSeconds = 24 * 60 * 60;

type Announced = { readonly key: string; readonly pieces?: readonly string[] | undefined } & Pick<Attachment, 'part' | 'name' | 'type' | 'size' | 'sha256' | 'year' | 'replaces'>;

async function announce(desk: FileDesk, { actor, head }: About, { key, pieces, ...file }: Announced): Promise<HttpAnswer> {
  mustBeAllowed(desk, head, actor);
  const id = `a-${createHash('sha256').update(JSON.stringify([head.id, actor.person, key])).digest('hex').slice(0, 20)}`;
  const attachment: Attachment = { ...file, case: head.id, id, by: actor.person, createdAt: new Date(desk.now).toISOString(), status: 'pending' };
  const kept = await keepPending(desk, attachment, pieces);
  const upload = kept.inPieces ? { pieces: await pieceLinks(desk.bucket, kept) } : await uploadLink(desk.bucket, kept);
  const expiresAt = new Date(desk.now + uploadSeconds * 1000).toISOString();
  return jsonAnswer({ attachment: attachmentAnswer(kept), upload: { method: 'PUT', ...upload, expiresAt } }, {}, 201);
}

// The same announcement again gets the same attachment, as it is by now, and a fresh link: what is sent there after the confirmation changes nothing. The same key for another file is refused.
async function keepPending(desk: FileDesk, attachment: Attachment, pieces: readonly string[] | undefined): Promise<Attachment> {
  const there = await find(desk, attachment.case, attachment.id);
  if (there) return sameAgain(there, attachment, pieces);
  if (attachment.replaces !== undefined) await mustBeReplaceable(desk, attachment.case, attachment.replaces, attachment.part);
  const expiresAt = Math.ceil(desk.now / 1000) + 7 * dayInSeconds;
  const begun: Attachment = pieces ? { ...attachment, inPieces: { upload: await beginPieces(desk.bucket, attachment), sha256: pieces } } : attachment;
  if (await putIf(desk.table, attachmentItem(begun, expiresAt), isNew)) return begun;
  // The same request, sent twice, arrived twice: one of the two was first.
  if (begun.inPieces) await dropPieces(desk.bucket, begun);
  return sameAgain(await load(desk, attachment.case, attachment.id), attachment, pieces);
}

function sameAgain(there: Attachment, attachment: Attachment, pieces: readonly string[] | undefined): Attachment {
  const same = (['sha256', 'part', 'size', 'type', 'year', 'replaces'] as const).every((name) => there[name] === attachment[name]) && there.inPieces?.sha256.join() === pieces?.join();
  if (!same) throw new Problem('conflict', '这个 Idempotency-Key 已用于另一份附件，请换用新的编号');
  return there;
}

async function mustBeReplaceable(desk: FileDesk, id: string, replaces: string, part: string): Promise<void> {
  const earlier = await find(desk, id, replaces);
  const detail = !earlier || earlier.part !== part ? '要替换的附件不存在，或不是同一类，请核对' : earlier.status === 'confirmed' ? undefined : '要替换的附件已删除、已替换或尚未确认，请刷新后重试';
  if (detail !== undefined) throw badInput('/replaces', detail);
}

async function list(desk: FileDesk, { head }: About): Promise<HttpAnswer> {
  const items = (await itemsOf(desk.table, head.id, sk.attachment(''))).map(attachmentOf);
  const present = items.filter(({ status }) => status === 'confirmed').map(({ part }) => part);
  const kind = head.lifecycle === 'socialInvestment' ? kindOf(head) : undefined;
  const missing = kind ? missingParts(kind, present) : [];
  const requirements = kind ? completenessOf(kind, items, filedYear(desk, head)) : [];
  return jsonAnswer({
    items: items.map(attachmentAnswer),
    required: kind ? requiredParts(kind) : [],
    missing: missing.map((part: AttachmentPart) => ({ part, ...attachmentParts[part] })),
    complete: missing.length === 0,
    requirements,
  });
}

// The audit is of the year before the filing; a draft will be filed this year.
function filedYear(desk: FileDesk, { snapshot }: Head): number {
  const { filedOn } = snapshot.context;
  return Number((typeof filedOn === 'string' ? filedOn : dayOf(new Date(desk.now).toISOString())).slice(0, 4));
}

async function link(desk: ScanDesk, { actor }: About, attachment: Attachment): Promise<HttpAnswer> {
  if (attachment.status === 'pending') throw new Problem('wrong-state', '这份附件尚未核验，不能下载；请先上传并确认');
  await mustBeOpenTo(desk, actor, attachment);
  const expiresAt = new Date(desk.now + downloadSeconds * 1000).toISOString();
  const view = await viewUrl(desk.bucket, attachment);
  return jsonAnswer({ url: await downloadUrl(desk.bucket, attachment), ...(view ? { view } : {}), expiresAt });
}

async function confirm(desk: ScanDesk, about: About, attachment: Attachment): Promise<HttpAnswer> {
  if (attachment.status === 'quarantined') throw infected(attachment);
  // The file may have been registered since the case was read: the version is to be one that has it.
  if (attachment.status !== 'pending') return confirmed({ attachment, version: (await loadCase(desk.table, about.head.id))?.version ?? about.head.version });
  mustBeAllowed(desk, about.head, about.actor);
  if (attachment.inPieces) await joinPieces(desk.bucket, attachment);
  const upload = await checkUpload(desk.bucket, attachment);
  const scan = await scanUpload(desk, attachment);
  const done: Attachment = { ...attachment, status: 'confirmed', sm3: upload.sm3, version: upload.version, confirmedAt: new Date(desk.now).toISOString(), scan };
  return confirmed(await register(desk, about, done));
}

function confirmed({ attachment, version }: Registered): HttpAnswer {
  return jsonAnswer({ attachment: attachmentAnswer(attachment), version }, { etag: `"${version}"` });
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

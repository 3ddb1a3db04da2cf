import { isCommand, commandRow } from '../machines/commands.ts';
import type { CorrectionAsked } from '../machines/correction.ts';
import type { Json } from '../machines/decision.ts';
import { bulkArgs } from '../shared/contracts/bulk.ts';
import { commandArgs, openCorrectionArgs, openDemandArgs, openListArgs, openScenarioArgs } from '../shared/contracts/commands.ts';
import { sheetDraftArgs } from '../shared/contracts/sheet-draft.ts';
import { titleOf, unitOf } from './cases/about.ts';
import type { Desk } from './cases/act.ts';
import { decideInBulk } from './cases/bulk.ts';
import { openCorrection } from './cases/correct.ts';
import { carryOut, outcomeOf } from './cases/command.ts';
import { loadOrganisations } from './cases/facts.ts';
import { newScenario } from './cases/new-scenario.ts';
import { openOnce } from './cases/opening.ts';
import { saveProfile } from './cases/profile.ts';
import { saveForm } from './cases/saving.ts';
import { saveSheetDraft } from './cases/sheet-draft.ts';
import { markOf, openedId } from './cases/request-mark.ts';
import { removalWrites } from './files/attachment.ts';
import type { CaseAnswer } from './cases/view.ts';
import { checked, expectedVersion, idempotencyKey, jsonBody, subjectOf } from './http/door.ts';
import { Problem } from './http/problem.ts';
import { routeOf, type Collection } from './http/routes.ts';
import { jsonAnswer, type HttpAnswer, type HttpRequest } from './http/shell.ts';
import { standingIn } from './http/standing-in.ts';
import { whoAsks, whoAsksAbout, type About } from './http/who.ts';
import { propose } from './lists/propose.ts';

/** The routes of every write but uploads. */
export const writeRoutes = {
  openScenario: 'POST /scenarios',
  openCorrection: 'POST /batches/{id}/corrections',
  openList: 'POST /lists',
  unitProfile: 'POST /unit-profile',
  scenarios: 'POST /scenarios/{id}/commands/{command}',
  batches: 'POST /batches/{id}/commands/{command}',
  recoveries: 'POST /recoveries/{id}/commands/{command}',
  openDemand: 'POST /demands',
  demands: 'POST /demands/{id}/commands/{command}',
  bulk: 'POST /decisions',
  sheetDraft: 'POST /scenarios/{id}/sheet-draft',
  lists: 'POST /lists/{id}/commands/{command}',
  funds: 'POST /funds/{id}/commands/{command}',
} as const;

/** Answers a write: opens a scenario or a demand for data, carries out a command on a case or on many, keeps an expert's draft. Throws `Problem`. */
export async function sendCommand(desk: Desk, request: HttpRequest): Promise<HttpAnswer> {
  const { name, parts } = routeOf(writeRoutes, request);
  subjectOf(request); // before anything is said about the content
  switch (name) {
    case 'openScenario':
      return openScenario(desk, request);
    case 'openList':
      return openList(desk, request);
    case 'unitProfile':
      return profileHttp(await saveProfile(desk, request, await whoAsks(desk.table, request)));
    case 'openDemand':
      return openDemand(desk, request);
    case 'bulk':
      return decideMany(desk, request);
    case 'sheetDraft':
      return keepDraft(desk, request, parts);
    case 'openCorrection':
      return correct(desk, request, parts);
    default:
      return commandOn(desk, request, parts, name);
  }
}

async function correct(desk: Desk, request: HttpRequest, parts: Readonly<Record<string, string>>): Promise<HttpAnswer> {
  const key = idempotencyKey(request);
  const args = checked(openCorrectionArgs, jsonBody(request));
  const { actor, head } = await whoAsksAbout(desk.table, request, parts, 'batches');
  const mark = markOf(actor.person, key, { type: 'openCorrection', args: { ...args, batch: head.id } as unknown as { readonly [key: string]: Json } });
  return opened('batches', await openCorrection(desk, actor, head, args as CorrectionAsked, mark));
}

async function commandOn(desk: Desk, request: HttpRequest, parts: Readonly<Record<string, string>>, collection: Collection): Promise<HttpAnswer> {
  const type = sendable(parts['command'] ?? '');
  const key = idempotencyKey(request);
  const version = expectedVersion(request);
  const args = checked(commandArgs[type], jsonBody(request)) as { readonly [key: string]: Json };
  const command = { type, args };
  // Who gave a case away (an expert who recused) may see it no more, but asks again when the answer was lost on the way.
  const isRepeat = async (about: About) => (await outcomeOf(desk, { ...about, version, key, command })) !== undefined;
  const about = await whoAsksAbout(desk.table, request, parts, collection, { unless: isRepeat, sealed: true });
  const { head } = about;
  const { actor, represented } = await standingIn(desk, request, about.actor);
  const further = type === 'removeAttachment' ? removalWrites(desk.table, head.id, String(args['attachment'])) : [];
  const wish = { actor, represented, head, version, key, command, further };
  return caseHttp(await (type === 'saveForm' ? saveForm(desk, wish) : type === 'proposeRows' ? propose(desk, wish) : carryOut(desk, wish)));
}

/** One decision with one reason on many scenarios, each on the version in the body; the answer says what became of each. */
async function decideMany(desk: Desk, request: HttpRequest): Promise<HttpAnswer> {
  const key = idempotencyKey(request);
  const { command, args, cases } = checked(bulkArgs, jsonBody(request));
  const checkedArgs = checked(commandArgs[command], args) as { readonly [key: string]: Json };
  const actor = await whoAsks(desk.table, request);
  return jsonAnswer({ items: await decideInBulk(desk, { actor, key, requestId: request.requestContext?.requestId ?? '', command: { type: command, args: checkedArgs }, cases }) });
}

/** An expert's draft of a sheet, on the revision that If-Match names: 0 for the first. */
async function keepDraft(desk: Desk, request: HttpRequest, parts: Readonly<Record<string, string>>): Promise<HttpAnswer> {
  const seen = expectedVersion(request);
  const sheet = checked(sheetDraftArgs, jsonBody(request));
  const { actor, head } = await whoAsksAbout(desk.table, request, parts, 'scenarios');
  const saved = await saveSheetDraft(desk, head, actor, seen, sheet);
  return jsonAnswer(saved, { etag: `"${saved.revision}"` });
}

/** A command that a person may send by name: no reserved word of the statechart (`xstate.*`), none that only the workflow sends. */
function sendable(type: string): keyof typeof commandArgs {
  if (!isCommand(type)) throw new Problem('not-found', '没有这个办理事项，请核对名称（接口说明见 /docs）');
  if (commandRow(type).system) throw new Problem('not-allowed', '此事项只由系统自动办理', { needs: ['system'] });
  if (type === 'confirmAttachment') throw new Problem('not-allowed', '请通过附件上传接口提交并确认附件，系统核验文件后自动登记');
  return type;
}

async function openScenario(desk: Desk, request: HttpRequest): Promise<HttpAnswer> {
  const key = idempotencyKey(request);
  const args = checked(openScenarioArgs, jsonBody(request));
  const actor = await whoAsks(desk.table, request);
  const mark = markOf(actor.person, key, { type: 'openScenario', args: args as { readonly [key: string]: Json } });
  const begun = await newScenario(desk, actor, args, openedId('s', actor.person, key));
  return opened('scenarios', await openOnce(desk, { lifecycle: args.lifecycle, ...begun, actor, request: mark }));
}

async function openDemand(desk: Desk, request: HttpRequest): Promise<HttpAnswer> {
  const key = idempotencyKey(request);
  const { scenario, handler, ...wanted } = checked(openDemandArgs, jsonBody(request));
  const { actor, head } = await whoAsksAbout(desk.table, request, { id: scenario }, 'scenarios');
  const authority = (await loadOrganisations(desk.table, [handler]))[handler] ?? null;
  const about = { id: head.id, name: titleOf(head.snapshot), unit: unitOf(head.snapshot), division: String(head.snapshot.context['division']) };
  const mark = markOf(actor.person, key, { type: 'openDemand', args: { scenario, handler, ...wanted } });
  return opened('demands', await openOnce(desk, { lifecycle: 'dataDemand', input: { id: openedId('d', actor.person, key), scenario: about, handler: authority, ...wanted }, actor, request: mark }));
}

async function openList(desk: Desk, request: HttpRequest): Promise<HttpAnswer> {
  const key = idempotencyKey(request);
  const args = checked(openListArgs, jsonBody(request));
  const actor = await whoAsks(desk.table, request);
  const mark = markOf(actor.person, key, { type: 'openList', args });
  return opened('lists', await openOnce(desk, { lifecycle: 'scenarioList', input: { id: openedId('l', actor.person, key), ...args }, actor, request: mark }));
}

function opened(collection: Collection, answer: CaseAnswer): HttpAnswer {
  return jsonAnswer(answer, { etag: `"${answer.version}"`, location: `/${collection}/${answer.id}` }, 201);
}

function caseHttp(answer: CaseAnswer): HttpAnswer {
  return jsonAnswer(answer, { etag: `"${answer.version}"` });
}

function profileHttp(answer: Awaited<ReturnType<typeof saveProfile>>): HttpAnswer {
  return jsonAnswer(answer, { etag: `"${answer.version}"` });
}

import type * as z from 'zod/mini';
import * as ledger from '../../functions/api/ledger-answers.ts';
import * as answers from '../../functions/api/answers.ts';
import * as published from '../../functions/api/published-answers.ts';
import { building } from '../../functions/api/building-answers.ts';
import * as review from '../../functions/api/review-answers.ts';
import * as demandAnswers from '../../functions/api/demand-answers.ts';
import * as libraryAnswers from '../../functions/api/library-answers.ts';
import * as figureAnswers from '../../functions/api/figure-answers.ts';
import * as policyAnswers from '../../functions/api/policy-answers.ts';
import * as deskAnswers from '../../functions/api/desk-answers.ts';
import * as lineageAnswers from '../../functions/api/lineage-answers.ts';
import { unitAccounts } from '../../functions/api/account-answers.ts';
import * as meetings from '../../functions/api/meeting-answers.ts';
import { evaluationList } from '../../functions/api/evaluation-operations.ts';
import { unitProfileAnswer } from '../../functions/api/profile-answers.ts';
import * as listAnswers from '../../functions/api/list-answers.ts';
import { openApiDocument } from '../../functions/api/openapi.ts';

const document = openApiDocument();

const schemas: readonly (readonly [RegExp, z.ZodMiniType])[] = [
  [/^GET \/me$/, answers.me],
  [/^GET \/tasks$/, answers.taskPage],
  [/^GET \/desk$/, deskAnswers.desk],
  [/^GET \/(done|mine)$/, deskAnswers.workPage],
  [/^GET \/digest$/, deskAnswers.digest],
  [/^GET \/notices$/, deskAnswers.noticePage],
  [/^POST \/notices\/seen$/, deskAnswers.unseen],
  [/^(GET|POST) \/notices\/settings$/, deskAnswers.noticeSettings],
  [/^GET \/colleagues$/, deskAnswers.colleagueList],
  [/^GET \/organisations$/, deskAnswers.organisationList],
  [/^GET \/stand-ins$/, deskAnswers.standInList],
  [/^POST \/stand-ins$/, deskAnswers.standIn],
  [/^POST \/stand-ins\/[^/]+\/revoke$/, deskAnswers.revoked],
  [/^GET \/deliveries$/, deskAnswers.deliveryPage],
  [/^POST \/deliveries\/[^/]+\/retry$/, deskAnswers.revived],
  [/^GET \/authorities$/, answers.authorityList],
  [/^GET \/experts$/, review.expertList],
  [/^GET \/signers$/, review.signerList],
  [/^GET \/scenarios\/[^/]+\/candidates$/, review.candidateList],
  [/^GET \/scenarios\/[^/]+\/review$/, review.review],
  [/^GET \/scenarios\/[^/]+\/building$/, building],
  [/^(GET|POST) \/scenarios\/[^/]+\/sheet-draft$/, review.sheetDraft],
  [/^POST \/decisions$/, review.bulkResults],
  [/^GET \/data-authorities$/, demandAnswers.dataAuthorityList],
  [/^GET \/demand-board$/, demandAnswers.demandBoard],
  [/^POST \/batches\/[^/]+\/corrections$/, answers.caseAnswer],
  [/^(GET|POST) \/unit-profile$/, unitProfileAnswer],
  [/^GET \/reuse$/, lineageAnswers.reuse],
  [/^GET \/scenarios\/[^/]+\/lineage$/, lineageAnswers.lineage],
  [/^GET \/(scenarios|batches|recoveries|lists|funds|demands)$/, answers.casePage],
  [/^POST \/(scenarios|lists|demands)$/, answers.caseAnswer],
  [/^POST \/lists\/[^/]+\/import$/, answers.caseAnswer],
  [/^GET \/lists\/[^/]+\/rows$/, listAnswers.rowPage],
  [/^GET \/lists\/[^/]+\/rows\/[^/]+$/, listAnswers.rowHistory],
  [/^GET \/\w+\/[^/]+\/events$/, answers.eventPage],
  [/^GET \/\w+\/[^/]+\/case-file$/, answers.caseFile],
  [/^GET \/scenarios\/[^/]+\/revisions$/, answers.revisionPage],
  [/^GET \/scenarios\/[^/]+\/revisions\/[^/]+$/, answers.revision],
  [/^GET \/scenarios\/[^/]+\/revisions\/[^/]+\/changes$/, answers.formChanges],
  [/^GET \/scenarios\/[^/]+\/correction$/, answers.correction],
  [/^GET \/scenarios\/[^/]+\/formal-check$/, answers.formalCheck],
  [/^GET \/scenarios\/[^/]+\/similar$/, answers.similarFilings],
  [/^GET \/scenarios\/[^/]+\/money$/, ledger.scenarioMoney],
  [/^GET \/ledger\/trial-balance$/, ledger.trialBalance],
  [/^GET \/ledger\/entries$/, ledger.journal],
  [/^GET \/ledger\/disbursements$/, ledger.disbursementList],
  [/^POST \/\w+\/[^/]+\/commands\/\w+$/, answers.caseAnswer],
  [/^POST \/scenarios\/[^/]+\/attachments$/, answers.uploadTicket],
  [/^GET \/scenarios\/[^/]+\/attachments$/, answers.attachmentList],
  [/^POST .*\/confirm$/, answers.confirmation],
  [/^GET .*\/link$/, answers.downloadLink],
  [/^GET \/(scenarios|recoveries)\/[^/]+\/documents$/, answers.documentList],
  [/^POST \/annex1\/check$/, answers.annex1Reading],
  [/^GET \/verify\/[^/]+$/, answers.verification],
  [/^POST \/policy-what-if$/, policyAnswers.whatIf],
  [/^GET \/evaluations$/, evaluationList],
  [/^(GET \/unit-accounts|POST \/unit-accounts(\/[^/]+\/change)?|POST \/units)$/, unitAccounts],
  [/^GET \/selection-meetings$/, meetings.meetingList],
  [/^(POST \/selection-meetings|GET \/selection-meetings\/[^/]+)$/, meetings.meeting],
  [/^GET \/figures$/, figureAnswers.figures],
  [/^GET \/library$/, libraryAnswers.libraryPage],
  [/^GET \/library\/[^/]+$/, libraryAnswers.libraryText],
  [/^GET \/published$/, published.publishedBatches],
  [/^POST \/rehearsals$/, published.rehearsal],
  [/^GET \/rehearsals$/, published.rehearsalList],
  [/^GET \/rehearsals\/[^/]+$/, published.rehearsal],
  [/^GET \/rehearsals\/[^/]+\/[^/]+$/, published.rehearsalPage],
  [/^GET \/published-scenarios$/, published.publishedSearch],
  [/^GET \/published\/[^/]+\/editions$/, published.editionList],
  [/^GET \/published\/[^/]+$/, published.publishedList],
  [/^GET \/(scenarios|batches|recoveries|lists|funds|demands)\/[^/]+$/, answers.caseAnswer],
];

/** Holds an answer against the API's own description: its status must be documented for the route, its body must fit the schema. Throws with what does not. */
export function mustConform(method: string, path: string, status: number, body: unknown): void {
  const operation = operationOf(method, path);
  if (!operation) return; // not a documented route: the door's tests look at those
  if (!Object.keys(operation.responses ?? {}).includes(String(status))) throw new Error(`${method} ${path} answered ${status}, which is not documented`);
  const schema = status < 300 ? schemas.find(([pattern]) => pattern.test(`${method} ${path}`))?.[1] : answers.problem;
  const result = schema?.safeParse(body);
  if (!result?.success) throw new Error(`${method} ${path} ${status} does not fit its schema: ${JSON.stringify(result?.error.issues ?? 'no schema')} ${JSON.stringify(body)}`);
}

function operationOf(method: string, path: string) {
  const found = Object.entries(document.paths ?? {}).find(([template]) => new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path));
  return method === 'GET' ? found?.[1]?.get : found?.[1]?.post;
}

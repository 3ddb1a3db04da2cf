import type { FunctionName } from './function-plans.ts';

/** One route of the HTTP API (contract, section 7); `open` ones ask for no token. */
export interface ApiRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly by: FunctionName;
  readonly open?: true;
}

const get = (by: FunctionName, ...paths: readonly string[]): ApiRoute[] => paths.map((path) => ({ method: 'GET', path, by }));
const post = (by: FunctionName, ...paths: readonly string[]): ApiRoute[] => paths.map((path) => ({ method: 'POST', path, by }));
const open = (routes: readonly ApiRoute[]): ApiRoute[] => routes.map((route) => ({ ...route, open: true }));

/** The collections of cases: scenarios, half-yearly batches, clawbacks, lists of annex 1, the fund, demands for data. */
const collections = ['/scenarios', '/batches', '/recoveries', '/lists', '/funds', '/demands'];

const attachments = '/scenarios/{id}/attachments';

/** Every route of the API. */
export const routes: readonly ApiRoute[] = [
  ...get('read-cases', '/me', '/tasks', '/authorities', '/experts', '/signers'),
  ...get('desk', '/desk', '/done', '/mine', '/digest', '/notices', '/notices/settings', '/deliveries', '/colleagues', '/organisations', '/stand-ins', '/selection-meetings', '/selection-meetings/{id}', '/unit-accounts'),
  ...post('desk', '/notices/seen', '/notices/settings', '/deliveries/{id}/retry', '/stand-ins', '/stand-ins/{id}/revoke', '/selection-meetings', '/unit-accounts', '/unit-accounts/{person}/change', '/units'),
  ...get('exports', '/exports/{file}', '/figures.xlsx'),
  ...post('send-command', '/scenarios', '/decisions', '/batches/{id}/corrections', '/scenarios/{id}/sheet-draft'),
  ...post('import-rows', '/lists/{id}/import'),
  ...get('documents', '/lists/{id}/documents/{name}'),
  ...get('read-cases', '/unit-profile', '/reuse', '/lists/{id}/rows', '/lists/{id}/rows/{row}', '/scenarios/{id}/lineage'),
  ...post('send-command', '/lists', '/unit-profile'),
  ...get('rehearse-batch', '/rehearsals', '/rehearsals/{id}', '/rehearsals/{id}/{part}'),
  ...post('rehearse-batch', '/rehearsals'),
  ...collections.flatMap((path) => [
    ...get('read-cases', path, `${path}/{id}`, `${path}/{id}/events`, `${path}/{id}/case-file`),
    ...post('send-command', `${path}/{id}/commands/{command}`),
  ]),
  ...get('read-cases', '/scenarios/{id}/revisions', '/scenarios/{id}/revisions/{revision}', '/scenarios/{id}/revisions/{revision}/changes', '/scenarios/{id}/correction', '/scenarios/{id}/formal-check', '/scenarios/{id}/similar', '/scenarios/{id}/money', '/scenarios/{id}/candidates', '/scenarios/{id}/review', '/scenarios/{id}/building', '/scenarios/{id}/sheet-draft'),
  ...get('read-cases', '/ledger/trial-balance', '/ledger/entries', '/ledger/disbursements'),
  ...get('documents', '/ledger/disbursements.xlsx'),
  ...post('attachments', attachments, `${attachments}/{attachment}/confirm`),
  ...get('attachments', attachments, `${attachments}/{attachment}/link`),
  ...get('documents', '/scenarios/{id}/documents', '/scenarios/{id}/documents/{name}'),
  ...get('documents', '/annex1/list.xlsx', '/annex1/list.docx'),
  ...post('documents', '/annex1/check'),
  ...open(get('documents', '/annex1/template.xlsx', '/verify/{code}')),
  ...open(get('read-cases', '/published', '/published/{batch}', '/published/{batch}/editions', '/published-scenarios')),
  ...open(get('documents', '/published/{batch}/documents/{name}', '/published/{batch}/extracts/{number}')),
  ...post('send-command', '/demands'),
  ...post('boards', '/policy-what-if'),
  ...get('boards', '/demand-board', '/data-authorities', '/figures', '/evaluations'),
  ...open(get('boards', '/library', '/library/{id}')),
  ...get('documents', '/casebook.docx', '/casebook.pdf', '/evaluations.xlsx', '/evaluations.docx', '/evaluations.pdf', '/selection-summary.docx', '/selection-summary.pdf', '/selection-meetings/{id}/documents/{name}', '/scenarios/{id}/evaluation-notices/{name}', '/recoveries/{id}/documents', '/recoveries/{id}/documents/{name}'),
  ...open(get('site', '/', '/docs', '/docs/{file}', '/openapi.json', '/derived/{file}', '/verifier.html', '/healthz', '/console', '/console/{page+}', '/console/assets/{file}')),
];

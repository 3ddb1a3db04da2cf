import * as z from 'zod/mini';
import { annex1Row } from '../../shared/contracts/annex1.ts';
import { progress } from './building-answers.ts';
import { sameKindFunding } from './ledger-answers.ts';

const leaf = z.string();
const instant = z.iso.datetime();
const json = z.record(z.string(), z.json());
const lifecycle = z.enum(['governmentInvestment', 'socialInvestment', 'publication', 'recovery', 'scenarioList', 'fund', 'dataDemand']);
const digest = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const cursor = z.optional(z.string());

/** A command as it stands for the reader: possible now, or not and why. */
export const offer = z.strictObject({
  command: z.string(),
  allowed: z.boolean(),
  refusal: z.optional(
    z.strictObject({
      problem: z.enum(['wrong-state', 'not-allowed', 'rule-refused', 'invalid-input']),
      detail: z.string(),
      rule: z.optional(z.string()),
      article: z.optional(z.string()),
      figures: z.optional(json),
      needs: z.optional(z.array(z.string())),
    }),
  ),
});

/** An open wait as people see it (待办). */
export const task = z.strictObject({
  case: z.string(),
  lifecycle,
  title: z.string(),
  slot: z.string(),
  leaf,
  queue: z.string(),
  commands: z.array(z.string()),
  dueAt: instant,
});

/** A case as it stands. `state` lists the active leaves; `version` is also the ETag; `context` holds what the reader may see of its facts, `flags` what deserves attention though it forbids nothing; `form.counts` says how many 字 each limited text of annex 2 has, by the rule that limits it. */
export const caseAnswer = z.strictObject({
  id: z.string(),
  lifecycle,
  definition: z.string(),
  version: z.int().check(z.minimum(1)),
  status: z.enum(['active', 'done']),
  state: z.array(leaf),
  title: z.string(),
  openedAt: instant,
  changedAt: instant,
  due: z.record(leaf, instant),
  context: json,
  flags: z.array(z.strictObject({ flag: z.string(), article: z.string(), sentence: z.string(), figures: json })),
  /** Of a scenario that is built under the programme, from its approval or its first plan on. */
  progress: z.optional(progress),
  offers: z.array(offer),
  tasks: z.array(task),
  form: z.optional(z.strictObject({ revision: z.int(), savedAt: instant, submitted: z.boolean(), form: z.json(), counts: z.optional(z.array(z.strictObject({ pointer: z.string(), count: z.int(), limit: z.int() }))) })),
  event: z.optional(z.strictObject({ n: z.int(), type: z.string(), at: instant })),
});

/** Where the unit of a row stands; empty where the case holds none (batches, recoveries). */
const unitColumns = { unit: z.string(), unitName: z.string(), division: z.string(), sector: z.string() };

/** One row of a list of cases. */
export const caseRow = z.strictObject({
  id: z.string(),
  lifecycle,
  version: z.int(),
  status: z.enum(['active', 'done']),
  state: z.array(leaf),
  title: z.string(),
  ...unitColumns,
  openedAt: instant,
  changedAt: instant,
});

/** A page of cases; `next` is the cursor of the following page, absent on the last one. */
export const casePage = z.strictObject({ items: z.array(caseRow), next: cursor });

/** A to-do as a row of a list. */
export const taskRow = z.extend(task, { ...unitColumns, changedAt: instant });

/** A page of open tasks. */
export const taskPage = z.strictObject({ items: z.array(taskRow), next: cursor });

/** Who is signed in, as the records know them. */
export const me = z.strictObject({
  person: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  org: z.strictObject({
    id: z.string(), name: z.string(), kind: z.string(), office: z.string(), division: z.string(), sector: z.optional(z.string()), uscc: z.optional(z.string()),
  }),
});

/** The cities and departments that filings are handed to. */
export const authorityList = z.strictObject({
  items: z.array(z.strictObject({ id: z.string(), name: z.string(), office: z.enum(['city', 'sectorAuthority']), division: z.string(), sector: z.optional(z.string()) })),
});

/** What happened, with its digests. `withheld` is set where the reader may not see who reviewed and how (sheets are blind), to which account money goes, or what a unit has saved and not submitted. */
export const event = z.strictObject({
  n: z.int(),
  at: instant,
  type: z.string(),
  command: z.string(),
  article: z.string(),
  policy: z.string(),
  actor: z.strictObject({ person: z.string(), name: z.string(), roles: z.array(z.string()), org: z.string(), orgName: z.string(), onBehalfOf: z.optional(z.strictObject({ person: z.string(), name: z.string() })) }),
  args: json,
  reason: z.optional(z.string()),
  money: z.optional(json),
  entry: z.optional(json),
  leaves: z.array(leaf),
  sha256: z.string(),
  sm3: z.string(),
  withheld: z.optional(z.literal(true)),
});

/** A page of events, oldest first; `next` is the event number to continue after. */
export const eventPage = z.strictObject({ items: z.array(event), next: z.optional(z.int()) });

const person = z.strictObject({ person: z.string(), name: z.string() });
const saved = { revision: z.int(), savedAt: instant, by: person, submitted: z.boolean() };

/** A page of the revisions of a form that the reader may see, newest first; `next` is the number to continue below. Whoever is not of the unit sees what was submitted. */
export const revisionPage = z.strictObject({ items: z.array(z.strictObject({ ...saved, changed: z.int() })), next: z.optional(z.int()) });

/** One revision of a form. */
export const revision = z.strictObject({ ...saved, form: z.json() });

/** Where two revisions differ, with who changed each place last (null: nothing stands there). */
export const formChange = z.strictObject({ pointer: z.string(), before: z.json(), after: z.json(), at: instant, by: person });

/** What changed between two revisions. */
export const formChanges = z.strictObject({ from: z.int(), to: z.int(), changes: z.array(formChange) });

/** The latest return: its reasons by field or attachment, and what was changed since. */
export const correction = z.strictObject({
  rounds: z.int(),
  returnedAt: instant,
  by: z.strictObject({ org: z.string(), name: z.string() }),
  reason: z.string(),
  items: z.array(z.strictObject({ pointer: z.string(), reason: z.string() })),
  changes: z.array(formChange),
});

/** The formal check of a form: ready when nothing must be mended; the same for the unit before it submits and for the officer afterwards. */
export const formalCheck = z.strictObject({
  revision: z.int(),
  submitted: z.boolean(),
  ready: z.boolean(),
  items: z.array(
    z.strictObject({ weight: z.enum(['mustMend', 'lookAgain']), kind: z.enum(['field', 'attachment', 'rule']), pointer: z.string(), article: z.string(), sentence: z.string(), figures: z.optional(json) }),
  ),
});

/** Filings like one: how much of this text stands in theirs (0 to 1), and the passages with their places in both. */
export const similarFilings = z.strictObject({
  items: z.array(
    z.strictObject({
      case: z.string(),
      title: z.string(),
      unit: z.string(),
      likeness: z.number(),
      share: z.number(),
      passages: z.array(z.strictObject({ pointer: z.string(), otherPointer: z.string(), text: z.string() })),
    }),
  ),
  funding: sameKindFunding,
});

/** A save that met another: what they changed, what you changed, what both did, and the two together where they do not meet. */
export const conflict = z.strictObject({
  revision: z.int(),
  savedAt: instant,
  by: person,
  theirs: z.array(z.strictObject({ pointer: z.string(), before: z.json(), after: z.json() })),
  yours: z.array(z.strictObject({ pointer: z.string(), before: z.json(), after: z.json() })),
  both: z.array(z.strictObject({ pointer: z.string(), before: z.json(), theirs: z.json(), yours: z.json() })),
  merged: z.optional(z.json()),
});

/** An uploaded file: `pending` until its bytes were checked; `replaced` and `removed` ones stay readable, a `quarantined` one is infected and nobody's. `scan` says whether it was scanned for malware. */
export const attachment = z.strictObject({
  id: z.string(),
  part: z.string(),
  name: z.string(),
  type: z.string(),
  size: z.int(),
  sha256: digest,
  sm3: z.optional(digest),
  status: z.enum(['pending', 'confirmed', 'removed', 'replaced', 'quarantined']),
  createdAt: instant,
  confirmedAt: z.optional(instant),
  by: z.string(),
  year: z.optional(z.int()),
  replaces: z.optional(z.string()),
  replacedBy: z.optional(z.string()),
  scan: z.optional(z.strictObject({ status: z.enum(['notScanned', 'waiting', 'clean', 'infected', 'failed']), by: z.enum(['none', 'guardDuty', 'clamav']), at: z.optional(instant), signature: z.optional(z.string()) })),
});

/** The files of a case, what a filing of this unit needs, and which of it is missing. */
export const attachmentList = z.strictObject({
  items: z.array(attachment),
  required: z.array(z.array(z.string())),
  missing: z.array(z.strictObject({ class: z.string(), part: z.string(), title: z.string() })),
  complete: z.boolean(),
  requirements: z.array(
    z.strictObject({ class: z.string(), anyOf: z.array(z.string()), title: z.string(), status: z.enum(['present', 'missing', 'quarantined', 'lookAgain']), article: z.string(), sentence: z.string() }),
  ),
});

const place = { url: z.string(), headers: z.record(z.string(), z.string()) };

/** A place to upload to: send exactly these headers and these bytes before `expiresAt`, then confirm. A file that was announced in pieces has a place for each piece (bytes `from` up to `to`, not included) that has not arrived yet. */
export const uploadTicket = z.strictObject({
  attachment,
  upload: z.union([
    z.strictObject({ method: z.literal('PUT'), ...place, expiresAt: instant }),
    z.strictObject({ method: z.literal('PUT'), pieces: z.array(z.strictObject({ number: z.int(), from: z.int(), to: z.int(), ...place })), expiresAt: instant }),
  ]),
});

/** A link to one file, good for five minutes; `view` shows it in place where browsers can (PDF, JPEG, PNG). */
export const downloadLink = z.strictObject({ url: z.string(), view: z.optional(z.string()), expiresAt: instant });

const digests = z.strictObject({ sha256: digest, sm3: digest });

/** Everything about a case, in canonical JSON: who reads it can prove it whole (each event over canonical `{ event, previous }`, the seal over all the rest; SHA-256 and SM3), by hand or with `verifier`. */
export const caseFile = z.strictObject({
  case: z.string(),
  lifecycle,
  version: z.int(),
  end: digests,
  state: z.array(leaf),
  events: z.array(z.json()),
  payments: z.array(json),
  attachments: z.array(attachment),
  verification: z.json(),
  verifier: z.string(),
  seal: digests,
});

/** A problem document (RFC 9457); `detail` is Chinese and says what to do. */
export const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
  retry: z.enum(['no', 'afterReload', 'yes']),
  errors: z.optional(z.array(z.strictObject({ pointer: z.string(), detail: z.string() }))),
  conflict: z.optional(conflict),
});

/** A file that was checked and registered, and the case's version after it. */
export const confirmation = z.strictObject({ attachment, version: z.int() });

/** The official documents of a scenario; while it is a draft or was returned they say 草稿 and carry no code. An item with `draft` of its own says so for itself: an acceptance is one until it has a result. */
export const documentList = z.strictObject({
  draft: z.boolean(),
  items: z.array(z.strictObject({ name: z.string(), type: z.string(), title: z.string(), href: z.string(), draft: z.optional(z.boolean()) })),
});

/** Annex 1 as read from a workbook: the whole list, or every wrong cell with its address and what to do, and nothing of the list. */
export const annex1Reading = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), head: z.strictObject({ unit: z.string(), filedOn: z.string() }), rows: z.array(annex1Row) }),
  z.strictObject({ ok: z.literal(false), wrong: z.array(z.strictObject({ cell: z.string().check(z.regex(/^[A-Z]{1,3}[1-9]\d*$/)), detail: z.string() })) }),
]);

/** What a verification code stands for: which form of which case after which event (of a list or an extract: which edition; of a report made of many cases: of how many, and no event), and the digests of contents and event. `latest`: nothing happened to the case since, no newer edition is out; `unchanged`: the form or the entry still says the same. */
export const verification = z.strictObject({
  code: z.string(),
  form: z.enum(['annex1', 'annex2', 'acceptance', 'list', 'extract', 'minutes', 'recoveryNotice', 'recoveryDecision', 'recoveryDemand', 'evaluations']),
  batch: z.optional(z.string()),
  edition: z.optional(z.int()),
  number: z.optional(z.string()),
  documentNo: z.optional(z.string()),
  onList: z.optional(z.boolean()),
  title: z.string(),
  scenario: z.string(),
  case: z.string(),
  version: z.int().check(z.minimum(1)),
  at: instant,
  latest: z.boolean(),
  unchanged: z.boolean(),
  content: digests,
  event: z.optional(digests),
});

/** The service answers. */
export const health = z.strictObject({ status: z.literal('ok') });

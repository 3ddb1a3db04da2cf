import { canonical } from '../../shared/canonical.ts';
import type { Json } from '../../machines/decision.ts';
import { titleOf } from '../cases/about.ts';
import { submittedUpTo } from '../cases/see.ts';
import type { Draft } from './draft.ts';
import type { Head } from '../store/case.ts';
import type { Digests } from '../../shared/evidence.ts';
import { digestsOf } from '../store/digest.ts';
import { formAt } from '../store/forms.ts';
import { loadCase, loadEvent } from '../store/load.ts';
import type { Table } from '../store/table.ts';
import { filedFormOf, type FormName, type PrintedForm } from './printed-form.ts';

/** What a print is certified to be: which form of which case, as it stood after which event, and the digests that prove it. */
export interface Certificate {
  readonly form: FormName;
  readonly case: string;
  readonly version: number;
  /** When that event happened (UTC ISO instant). */
  readonly at: string;
  /** The digests of that event in the case's hash chain. */
  readonly event: Digests;
  /** The digests of the form's contents, as canonical JSON. */
  readonly content: Digests;
  /** What is printed and asked for at `GET /verify/{code}`. */
  readonly code: string;
}

/** Certifies the form of a case as it stands. */
export function certify(form: FormName, head: Pick<Head, 'id' | 'version' | 'digests' | 'changedAt'>, contents: Draft<PrintedForm>): Certificate {
  return certificate(form, { case: head.id, version: head.version, at: head.changedAt, event: head.digests }, contents);
}

/** A certificate made again from the records: the scenario's name then, and what became of the case since. */
export interface Found {
  readonly certificate: Certificate;
  readonly scenario: string;
  /** Nothing happened to the case since. */
  readonly latest: boolean;
  /** The form still says the same. */
  readonly unchanged: boolean;
}

/** What a code stands for; `undefined` when nothing of ours has that code. */
export async function certificateOf(table: Table, code: string): Promise<Found | undefined> {
  const [, id, digits] = codeShape.exec(code) ?? [];
  if (id === undefined || digits === undefined) return undefined;
  const version = Number(digits);
  const [event, saved, head] = await Promise.all([loadEvent(table, id, version), formAt(table, id, version), loadCase(table, id)]);
  if (!event || !head) return undefined;
  const form = filedFormOf(head.lifecycle);
  if (!form) return undefined;
  const contents = contentsIn(saved?.form);
  const made = certificate(form, { case: id, version, at: event.event.at, event: event.digests }, contents);
  if (made.code !== code) return undefined;
  const newest = await formAt(table, id, submittedUpTo(head));
  return { certificate: made, scenario: contents.system?.name ?? titleOf(head.snapshot), latest: head.version === version, unchanged: contentDigests(form, contentsIn(newest?.form)).sha256 === made.content.sha256 };
}

/** A saved form as the official forms have it; a case without one has an empty one. */
export function contentsIn(form: Json | undefined): Draft<PrintedForm> {
  return (form ?? {}) as Draft<PrintedForm>;
}

// A case id, the version, and 16 digits that nobody can guess who does not know the digests behind them.
const codeShape = /^([A-Za-z0-9][A-Za-z0-9._-]{0,60})-([1-9]\d{0,9})-[0-9a-f]{16}$/;

function certificate(form: FormName, of: Pick<Certificate, 'case' | 'version' | 'at' | 'event'>, contents: Draft<PrintedForm>): Certificate {
  const content = contentDigests(form, contents);
  const seal = digestsOf(canonical({ form, ...of, content })).sha256.slice(0, 16);
  return { form, ...of, content, code: `${of.case}-${of.version}-${seal}` };
}

function contentDigests(form: FormName, contents: Draft<PrintedForm>): Digests {
  return digestsOf(canonical({ form, contents: wellFormed(contents[form] ?? {}) }));
}

// A draft may hold half of a character, for which there is no canonical JSON.
function wellFormed(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) => (typeof inner === 'string' ? inner.toWellFormed() : inner));
}

import { canonical } from '../../shared/canonical.ts';
import type { Json } from '../../machines/decision.ts';
import { titleOf } from '../cases/about.ts';
import { submittedUpTo } from '../cases/see.ts';
import type { Draft } from '../../shared/draft.ts';
import type { Head } from '../store/case.ts';
import type { Digests } from '../../shared/evidence.ts';
import { digestsOf } from '../store/digest.ts';
import { formAt } from '../store/forms.ts';
import { loadCase, loadEvent } from '../store/load.ts';
import type { Table } from '../store/table.ts';
import { acceptanceFound } from './acceptance/acceptance-print.ts';
import { letterFound } from './effects/recovery-letters.ts';
import { listCertificateOf } from './list-certificate.ts';
import { sealedCode, type Certificate, type Certified, type Found } from './sealed-code.ts';
import { filedFormOf, type FormName, type PrintedForm } from './printed-form.ts';

/** Certifies the form of a case as it stands. */
export function certify(form: FormName, head: Pick<Head, 'id' | 'version' | 'digests' | 'changedAt'>, contents: Draft<PrintedForm>): Certificate {
  return certificate(form, { case: head.id, version: head.version, at: head.changedAt, event: head.digests }, contents);
}

/** What a code stands for; `undefined` when nothing of ours has that code. */
export async function certificateOf(table: Table, code: string): Promise<Found | undefined> {
  const [, id, digits] = codeShape.exec(code) ?? [];
  if (id === undefined || digits === undefined) return undefined;
  const version = Number(digits);
  const [event, saved, head] = await Promise.all([loadEvent(table, id, version), formAt(table, id, version), loadCase(table, id)]);
  if (!event || !head) return undefined;
  if (head.lifecycle === 'scenarioList') return ofThatCode(code, await listCertificateOf(table, head, version));
  if (head.lifecycle === 'recovery') return ofThatCode(code, await letterFound(table, head, version));
  const ended = await acceptanceFound(table, head, version);
  if (ended?.certificate.code === code) return ended;
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

function ofThatCode(code: string, found: Found | undefined): Found | undefined {
  return found?.certificate.code === code ? found : undefined;
}

function certificate(form: FormName, of: Certified, contents: Draft<PrintedForm>): Certificate {
  return sealedCode(form, of, contentDigests(form, contents));
}

function contentDigests(form: FormName, contents: Draft<PrintedForm>): Digests {
  return digestsOf(canonical({ form, contents: wellFormed(contents[form] ?? {}) }));
}

// A draft may hold half of a character, for which there is no canonical JSON.
function wellFormed(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) => (typeof inner === 'string' ? inner.toWellFormed() : inner));
}

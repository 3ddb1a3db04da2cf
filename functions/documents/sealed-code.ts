import { canonical } from '../../shared/canonical.ts';
import type { Digests } from '../../shared/evidence.ts';
import { digestsOf } from '../store/digest.ts';
import type { PrintName } from './printed-form.ts';

/** What a print is certified to be: which form of which case, as it stood after which event, and the digests that prove it. */
export interface Certificate {
  readonly form: PrintName;
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

/** A certificate made again from the records: the scenario's name then, and what became of the case since. */
export interface Found {
  readonly certificate: Certificate;
  readonly scenario: string;
  /** Nothing happened to the case since. */
  readonly latest: boolean;
  /** The form still says the same. */
  readonly unchanged: boolean;
}

/** What is certified: a case as it stood after an event. */
export type Certified = Pick<Certificate, 'case' | 'version' | 'at' | 'event'>;

/** A certificate of contents with these digests, and its code. */
export function sealedCode(form: PrintName, of: Certified, content: Digests): Certificate {
  const seal = digestsOf(canonical({ form, ...of, content })).sha256.slice(0, 16);
  return { form, ...of, content, code: `${of.case}-${of.version}-${seal}` };
}

import { useCallback, useEffect, useRef, useState } from 'react';
import { freshKey, Refused, send } from '../api/client.ts';
import { keys, queryClient } from '../api/queries.ts';
import type { Case, Json } from '../api/types.ts';
import { keep, keptValue } from '../parts/kept.ts';
import { contestOf, together, type Conflict, type Whose } from './conflict.ts';
import { pagesOf } from './forms.ts';

/** How long nothing is typed before the form goes to the server, in ms; every key stroke is kept on this machine at once. */
const pauseMs = 4_000;

/** When a save that the line or the server did not take is tried again, in ms; at once when the browser says that it is on line. */
const againMs = 15_000;

/** Where the draft is kept by now. */
export type Saved =
  | { readonly state: 'saved'; readonly at: number }
  | { readonly state: 'local' | 'saving' | 'none' }
  | { readonly state: 'failed'; readonly error: unknown }
  /** Somebody else changed the same places in the meantime. */
  | { readonly state: 'conflict'; readonly met: Conflict };

interface Kept {
  readonly form: Json;
  /** The revision that the draft was begun from. */
  readonly revision: number;
}

/** A draft at work. */
export interface Draft {
  readonly form: Json | undefined;
  readonly saved: Saved;
  change(form: Json): void;
  /** Sends what is not yet at the server; true when everything is there. */
  save(): Promise<boolean>;
  /** Ends a conflict: for each place that both changed, whose stays. */
  settle(whose: (pointer: string) => Whose): void;
}

const revisionOf = (one: Case): number => one.form?.revision ?? 0;

/** The draft of a filing: kept on this machine with every change, at the server after a pause. With `mayAutosave` false (a change that is sent once) it stays on this machine. */
export function useDraft(one: Case, mayAutosave: boolean): Draft {
  const name = `form.${one.id}`;
  const [unsent] = useState(() => keptValue<Kept>(name));
  const [form, setForm] = useState<Json | undefined>(unsent?.form ?? one.form?.form);
  const [saved, setSaved] = useState<Saved>(unsent ? { state: 'local' } : one.form ? { state: 'saved', at: Date.parse(one.form.savedAt) } : { state: 'none' });
  // What is being worked on, for what happens later than the render that began it.
  const now = useRef<Working>({ form, revision: unsent?.revision ?? revisionOf(one), sent: unsent === undefined });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const busy = useRef<Promise<boolean>>(undefined);

  const save = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    if (busy.current) await busy.current;
    if (now.current.sent) return true;
    busy.current = sendForm(one.id, now.current, setSaved, setForm, name);
    const done = await busy.current;
    busy.current = undefined;
    if (now.current.broken) timer.current = setTimeout(() => void save(), againMs);
    return done;
  }, [one.id, name]);

  const change = (next: Json): void => {
    setForm(next);
    Object.assign(now.current, { form: next, sent: false });
    keep(name, { form: next, revision: now.current.revision } satisfies Kept);
    setSaved({ state: 'local' });
    clearTimeout(timer.current);
    if (mayAutosave) timer.current = setTimeout(() => void save(), pauseMs);
  };

  const settle: Draft['settle'] = (whose) => {
    if (saved.state !== 'conflict') return;
    const form = together(now.current.form, contestOf(pagesOf(one.lifecycle), saved.met), whose);
    Object.assign(now.current, { form, revision: saved.met.revision, sent: false });
    setForm(form);
    keep(name, { form, revision: saved.met.revision } satisfies Kept);
    void save();
  };

  // What a session that ran out left on this machine goes to the server with the next one.
  useEffect(() => {
    if (mayAutosave && !now.current.sent) timer.current = setTimeout(() => void save(), pauseMs);
    const online = () => void (now.current.broken && save());
    window.addEventListener('online', online);
    return () => {
      clearTimeout(timer.current);
      window.removeEventListener('online', online);
    };
  }, [mayAutosave, save]);

  return { form, saved, change, save, settle };
}

interface Working {
  form: Json | undefined;
  revision: number;
  sent: boolean;
  /** The last save failed in a way that passes. */
  broken?: boolean;
}

async function sendForm(id: string, work: Working, tell: (saved: Saved) => void, show: (form: Json) => void, name: string): Promise<boolean> {
  tell({ state: 'saving' });
  work.broken = false;
  const { form } = work;
  try {
    // Held against the revision that the draft began from: what happened beside the form is no conflict.
    const done = await send({ collection: 'scenarios', id, command: 'saveForm', args: { form: form ?? {} }, version: Math.max(1, work.revision), key: freshKey() });
    queryClient.setQueryData<Case>([...keys.one('scenarios', id)], { ...done, form: { revision: done.version, savedAt: done.changedAt, submitted: false, form: form ?? {} } });
    work.revision = done.version;
    const unchanged = work.form === form;
    work.sent = unchanged;
    // Another window of the same person may have kept something of its own there.
    if (unchanged && isSame(keptValue<Kept>(name)?.form, form)) keep(name, undefined);
    tell(unchanged ? { state: 'saved', at: Date.now() } : { state: 'local' });
    return unchanged;
  } catch (error) {
    const met = conflictIn(error);
    work.broken = error instanceof Refused && error.document.retry === 'yes';
    if (met?.merged === undefined || work.form !== form) {
      tell(met ? { state: 'conflict', met } : { state: 'failed', error });
      return false;
    }
    // The two do not meet in any place: the server put them together, nobody loses a word.
    work.form = met.merged;
    work.revision = met.revision;
    keep(name, { form: met.merged, revision: met.revision } satisfies Kept);
    show(met.merged);
    return sendForm(id, work, tell, show, name);
  }
}

const isSame = (one: Json | undefined, other: Json | undefined): boolean => JSON.stringify(one) === JSON.stringify(other);

function conflictIn(error: unknown): Conflict | undefined {
  return error instanceof Refused ? (error.document['conflict'] as Conflict | undefined) : undefined;
}

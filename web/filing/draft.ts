import { useCallback, useEffect, useRef, useState } from 'react';
import { freshKey, read, Refused, send } from '../api/client.ts';
import { keys, queryClient } from '../api/queries.ts';
import type { Case, Json } from '../api/types.ts';
import { keep, keptValue } from '../parts/kept.ts';

/** How long nothing is typed before the form goes to the server, in ms; every key stroke is kept on this machine at once. */
const pauseMs = 4_000;

/** Where the draft is kept by now. */
export type Saved =
  | { readonly state: 'saved'; readonly at: number }
  | { readonly state: 'local' | 'saving' | 'none' }
  | { readonly state: 'failed'; readonly error: unknown }
  /** Somebody else saved another form in the meantime. */
  | { readonly state: 'conflict'; readonly theirs: Case };

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
  /** Ends a conflict: with the own form, or with theirs. */
  settle(whose: 'mine' | 'theirs'): void;
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
    busy.current = sendForm(one.id, now.current, setSaved, name);
    const done = await busy.current;
    busy.current = undefined;
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

  const settle = (whose: 'mine' | 'theirs'): void => {
    if (saved.state !== 'conflict') return;
    const { theirs } = saved;
    Object.assign(now.current, { form: whose === 'mine' ? now.current.form : theirs.form?.form, revision: revisionOf(theirs), sent: whose === 'theirs' });
    if (whose === 'theirs') {
      setForm(theirs.form?.form);
      keep(name, undefined);
      setSaved({ state: 'saved', at: Date.now() });
    } else void save();
  };

  // What a session that ran out left on this machine goes to the server with the next one.
  useEffect(() => {
    if (mayAutosave && !now.current.sent) timer.current = setTimeout(() => void save(), pauseMs);
    return () => clearTimeout(timer.current);
  }, [mayAutosave, save]);

  return { form, saved, change, save, settle };
}

interface Working {
  form: Json | undefined;
  revision: number;
  sent: boolean;
}

async function sendForm(id: string, work: Working, tell: (saved: Saved) => void, name: string): Promise<boolean> {
  tell({ state: 'saving' });
  const { form } = work;
  try {
    const after = await sendOnNewest(id, form ?? {}, work.revision);
    if ('conflict' in after) {
      tell({ state: 'conflict', theirs: after.conflict });
      return false;
    }
    work.revision = after.done.version;
    const unchanged = work.form === form;
    work.sent = unchanged;
    if (unchanged) keep(name, undefined);
    tell(unchanged ? { state: 'saved', at: Date.now() } : { state: 'local' });
    return unchanged;
  } catch (error) {
    tell({ state: 'failed', error });
    return false;
  }
}

// Files that arrive meanwhile move the version and not the form: then the form is sent again on the newer version.
async function sendOnNewest(id: string, form: Json, revision: number): Promise<{ readonly done: Case } | { readonly conflict: Case }> {
  const key = keys.one('scenarios', id);
  for (let attempt = 0; ; attempt += 1) {
    const known = queryClient.getQueryData<Case>([...key]) ?? (await read('/scenarios/{id}', { id }));
    if (revisionOf(known) > revision) return { conflict: known };
    try {
      const done = await send({ collection: 'scenarios', id, command: 'saveForm', args: { form }, version: known.version, key: freshKey() });
      queryClient.setQueryData<Case>([...key], { ...done, form: { revision: done.version, savedAt: done.changedAt, submitted: false, form } });
      return { done };
    } catch (error) {
      if (!(error instanceof Refused) || error.kind !== 'stale-version' || attempt > 2) throw error;
      queryClient.setQueryData<Case>([...key], await read('/scenarios/{id}', { id }));
    }
  }
}

import type { Database } from './database.ts';
import { type Machine, readDefinition } from './definition.ts';
import { docOf, executionById, type ExecutionRow } from './executions.ts';
import type { Doc } from './frames.ts';

/** A running execution in memory; `armed` are its timers as stored. */
export interface Loaded {
  readonly row: ExecutionRow;
  readonly doc: Doc;
  readonly armed: Map<number, number>;
}

/** The executions that were last worked on; the others wait in the file. */
export interface Documents {
  /** Undefined when the execution is not running. */
  load(execution: number): Loaded | undefined;
  forget(execution: number): void;
}

// More executions than this are read from the file again at their next turn: memory stays flat however many are open.
const maxLoaded = 256;

/** Opens the documents of a database. */
export function openDocuments(db: Database): Documents {
  const loaded = new Map<number, Loaded>();
  const read = (execution: number): Loaded | undefined => {
    const row = executionById(db, execution);
    const doc = row?.status === 'RUNNING' ? docOf(db, execution) : undefined;
    if (!row || !doc) return undefined;
    const timers = db.all<{ frame: number; due: number }>('SELECT frame, due FROM timers WHERE execution = ?', execution);
    return { row, doc, armed: new Map(timers.map(({ frame, due }) => [frame, due])) };
  };
  return {
    load: (execution) => {
      const it = loaded.get(execution) ?? read(execution);
      loaded.delete(execution);
      if (!it) return undefined;
      loaded.set(execution, it);
      if (loaded.size > maxLoaded) loaded.delete(loaded.keys().next().value as number);
      return it;
    },
    forget: (execution) => void loaded.delete(execution),
  };
}

const maxMachines = 500;

/** Definitions ready to run, each read once while it is in use. Throws when a definition is missing. */
export function openDefinitions(db: Database): (definition: number) => Machine {
  const machines = new Map<number, Machine>();
  return (definition) => {
    const known = machines.get(definition);
    if (known) return known;
    const row = db.get<{ text: string }>('SELECT text FROM definitions WHERE id = ?', definition);
    if (!row) throw new Error(`definition ${definition} is missing`);
    const machine = readDefinition(row.text);
    machines.set(definition, machine);
    if (machines.size > maxMachines) machines.delete(machines.keys().next().value as number);
    return machine;
  };
}

import { createHash, randomUUID } from 'node:crypto';
import { type MachineRef, parseMachineArn } from './arns.ts';
import type { Database } from './database.ts';
import { WireError } from './errors.ts';

/** A state machine as stored. */
export interface MachineRow {
  readonly id: number;
  readonly arn: string;
  readonly name: string;
  readonly definition: number;
  readonly role_arn: string;
  readonly logging: string;
  readonly tracing: string;
  readonly created: number;
  readonly updated: number;
  readonly revision: string | null;
  readonly next_version: number;
}

/** A published version as stored. */
export interface VersionRow {
  readonly machine: number;
  readonly number: number;
  readonly definition: number;
  readonly role_arn: string;
  readonly description: string | null;
  readonly created: number;
  readonly revision: string | null;
  readonly logging: string;
  readonly tracing: string;
}

/** An alias as stored; `routing` is JSON. */
export interface AliasRow {
  readonly machine: number;
  readonly name: string;
  readonly description: string | null;
  readonly routing: string;
  readonly created: number;
  readonly updated: number;
}

/** One leg of an alias's routing. */
export interface Route {
  readonly stateMachineVersionArn: string;
  readonly weight: number;
}

/** AWS's refusal for an ARN that names nothing. */
export const noMachine = (arn: string) => new WireError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);

/** The live machine of a name in an ARN (its qualifier is not looked at). Throws InvalidArn, StateMachineDoesNotExist. */
export function needMachine(db: Database, arn: string): MachineRow & { readonly ref: MachineRef } {
  const ref = parseMachineArn(arn);
  const row = machineByArn(db, ref.arn);
  if (!row) throw noMachine(arn);
  return { ...row, ref };
}

/** The live machine of an unqualified ARN, or undefined. */
export function machineByArn(db: Database, arn: string): MachineRow | undefined {
  return db.get<MachineRow>('SELECT * FROM machines WHERE arn = ? AND live = 1', arn);
}

/** Stores a definition's text once and answers its number. */
export function storeDefinition(db: Database, text: string): number {
  const hash = createHash('sha256').update(text).digest('hex');
  const known = db.get<{ id: number }>('SELECT id FROM definitions WHERE hash = ?', hash);
  return known?.id ?? db.run('INSERT INTO definitions (text, hash) VALUES (?, ?)', text, hash);
}

/** The text of a stored definition. */
export function definitionText(db: Database, id: number): string {
  return db.get<{ text: string }>('SELECT text FROM definitions WHERE id = ?', id)?.text ?? '';
}

/** A version of a machine, or undefined. */
export function versionOf(db: Database, machine: number, number: number): VersionRow | undefined {
  return db.get<VersionRow>('SELECT * FROM versions WHERE machine = ? AND number = ?', machine, number);
}

/** An alias of a machine, or undefined. */
export function aliasOf(db: Database, machine: number, name: string): AliasRow | undefined {
  return db.get<AliasRow>('SELECT * FROM aliases WHERE machine = ? AND name = ?', machine, name);
}

/** Publishes the machine's current revision, once per revision; answers the version's number. */
export function publish(db: Database, machine: MachineRow, description: string | null, now: number): VersionRow {
  const latest = db.get<VersionRow>('SELECT * FROM versions WHERE machine = ? ORDER BY number DESC LIMIT 1', machine.id);
  if (latest && latest.revision === machine.revision) return latest;
  const { next_version: number } = db.get<{ next_version: number }>('SELECT next_version FROM machines WHERE id = ?', machine.id) ?? machine;
  db.run('UPDATE machines SET next_version = ? WHERE id = ?', number + 1, machine.id);
  db.run(
    'INSERT INTO versions (machine, number, definition, role_arn, description, created, revision, logging, tracing) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    machine.id, number, machine.definition, machine.role_arn, description, now, machine.revision, machine.logging, machine.tracing,
  );
  return versionOf(db, machine.id, number) as VersionRow;
}

/** A new revision id. */
export const newRevision = () => randomUUID();

/** What an execution is started from: the machine itself, a version, or the version that an alias leads to this time. */
export interface Startable {
  readonly machine: MachineRow;
  readonly definition: number;
  readonly roleArn: string;
  readonly revision: string | null;
  readonly versionArn: string | null;
  readonly aliasArn: string | null;
}

/** Finds what an ARN of a machine, version or alias starts. Throws InvalidArn, StateMachineDoesNotExist. */
export function resolveStartable(db: Database, arn: string, random: number): Startable {
  const { ref, ...machine } = needMachine(db, arn);
  if (ref.qualifier === undefined) return { machine, definition: machine.definition, roleArn: machine.role_arn, revision: machine.revision, versionArn: null, aliasArn: null };
  const alias = aliasOf(db, machine.id, ref.qualifier);
  const versionArn = alias ? chooseRoute(JSON.parse(alias.routing) as Route[], random) : arn;
  const version = versionOf(db, machine.id, Number(parseMachineArn(versionArn).qualifier));
  if (!version) throw noMachine(arn);
  return { machine, definition: version.definition, roleArn: version.role_arn, revision: version.revision, versionArn, aliasArn: alias ? arn : null };
}

function chooseRoute(routes: readonly Route[], random: number): string {
  let left = random * 100;
  for (const route of routes) {
    left -= route.weight;
    if (left < 0) return route.stateMachineVersionArn;
  }
  return routes.at(-1)?.stateMachineVersionArn ?? '';
}

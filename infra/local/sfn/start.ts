import { randomUUID } from 'node:crypto';
import { executionArn, isValidName } from './arns.ts';
import { WireError } from './errors.ts';
import { type ExecutionRow, executionById, insertExecution } from './executions.ts';
import { resolveStartable } from './machines.ts';
import type { Service } from './operations.ts';
import { parseSent } from './requests.ts';
import { maxPayloadBytes } from './values.ts';

/** What starts an execution; `input` is JSON text, `parent` a `.sync` task that waits for its end. */
export interface Start {
  readonly stateMachineArn: string;
  readonly name: string | undefined;
  readonly input: string;
  readonly trace: string | null;
  readonly parent?: { readonly execution: number; readonly frame: number; readonly nonce: string };
}

/**
 * Starts an execution, once per name: the same name and input while it runs answers the running one.
 * Throws ExecutionAlreadyExists, InvalidExecutionInput, InvalidName, InvalidArn, StateMachineDoesNotExist.
 */
export function startExecution({ db, around, home, engine }: Service, start: Start): ExecutionRow {
  const target = resolveStartable(db, start.stateMachineArn, Math.random());
  const name = start.name ?? randomUUID();
  if (!isValidName(name)) throw new WireError('InvalidName', `Invalid Name: '${name}'`);
  checkInput(start.input);
  const arn = executionArn(home, target.machine.name, name);
  const known = db.get<{ id: number; status: string; input: string }>('SELECT id, status, input FROM executions WHERE arn = ? AND machine = ?', arn, target.machine.id);
  if (known) {
    if (known.status === 'RUNNING' && known.input === start.input) return executionById(db, known.id) as ExecutionRow;
    throw new WireError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
  }
  const machine = engine.machineOf(target.definition);
  const now = around.clock.now();
  const id = insertExecution(db, {
    arn,
    machine: target.machine.id,
    machineArn: target.machine.arn,
    name,
    definition: target.definition,
    roleArn: target.roleArn,
    versionArn: target.versionArn,
    aliasArn: target.aliasArn,
    revision: target.revision,
    input: start.input,
    started: now,
    deadline: machine.timeoutSeconds === undefined ? null : now + machine.timeoutSeconds * 1000,
    trace: start.trace,
    place: '',
    startAt: machine.graphs.get('')?.StartAt ?? '',
    ...(start.parent ? { parent: start.parent } : {}),
  });
  engine.deliver(id, { kind: 'go' });
  return executionById(db, id) as ExecutionRow;
}

function checkInput(input: string): void {
  if (input.trim() === '') throw new WireError('InvalidExecutionInput', "Invalid State Machine Execution Input: 'Invalid execution input.'");
  if (Buffer.byteLength(input) > maxPayloadBytes) {
    throw new WireError('ValidationException', `1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to ${maxPayloadBytes}`);
  }
  parseSent(input, 'InvalidExecutionInput', 'Invalid State Machine Execution Input');
}

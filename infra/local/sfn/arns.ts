import { WireError } from './errors.ts';

/** Region, account and partition that ARNs are made of. */
export interface ArnHome {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

const prefix = (home: ArnHome) => `arn:${home.partition}:states:${home.region}:${home.accountId}`;

/** The ARN of a state machine. */
export const machineArn = (home: ArnHome, name: string) => `${prefix(home)}:stateMachine:${name}`;

/** The ARN of an execution; a map run's child has `<machine>/<label>` as its machine. */
export const executionArn = (home: ArnHome, machine: string, name: string) => `${prefix(home)}:execution:${machine}:${name}`;

/** The ARN of a map run. */
export const mapRunArn = (home: ArnHome, machine: string, label: string, id: string) => `${prefix(home)}:mapRun:${machine}/${label}:${id}`;

/** A state machine's ARN taken apart: `qualifier` is a version number or an alias. */
export interface MachineRef {
  readonly arn: string;
  readonly name: string;
  readonly qualifier?: string;
}

/** Reads the ARN of a state machine, version or alias; throws InvalidArn as AWS does. */
export function parseMachineArn(arn: string): MachineRef {
  const parts = statesArn(arn, 'stateMachine');
  const name = parts[6] ?? '';
  const qualifier = parts[7];
  const base = parts.slice(0, 7).join(':');
  return qualifier === undefined ? { arn: base, name } : { arn: base, name, qualifier };
}

/** Checks that a text is the ARN of an execution; throws InvalidArn. */
export function checkExecutionArn(arn: string): string {
  statesArn(arn, 'execution');
  return arn;
}

/** Checks that a text is the ARN of a map run; throws InvalidArn. */
export function checkMapRunArn(arn: string): string {
  statesArn(arn, 'mapRun');
  return arn;
}

function statesArn(arn: string, kind: string): readonly string[] {
  const parts = arn.split(':');
  if (parts[0] !== 'arn' || parts.length < 6) throw new WireError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
  if (parts[2] !== 'states') throw new WireError('InvalidArn', `Invalid Arn: 'Invalid service in ARN: ${arn}'`);
  if (parts[5] !== kind || parts.length < 7) throw new WireError('InvalidArn', `Invalid Arn: 'Resource type not valid in this context: ${parts[5] ?? ''}'`);
  return parts;
}

// AWS's list: white space, brackets, wildcards, special characters and control characters.
// eslint-disable-next-line no-control-regex
const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f\ufffe\uffff\ud800-\udfff]/;

/** Whether AWS takes a text as the name of a state machine or execution. */
export function isValidName(name: string): boolean {
  return name.length >= 1 && name.length <= 80 && !forbidden.test(name);
}

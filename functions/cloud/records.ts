import type { Desk } from '../cases/act.ts';
import { countingTable } from './counting.ts';
import { dynamoClient } from '../store/table.ts';
import { setting } from './setting.ts';

// Made once per environment: a client keeps its connections between invocations.
const table = countingTable({ client: dynamoClient(), name: setting('TABLE_NAME') });
const policy = setting('RULE_SET');

/** The desk of this invocation: the table and the policy pack of the environment, and the moment it began. */
export function deskNow(): Desk {
  return { table, policy, now: Date.now() };
}

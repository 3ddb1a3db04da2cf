import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Table } from '../../functions/store/table.ts';

/** A table on which something happens in between: once, right after it has answered the nth command of this name, before whoever asked gets the answer. */
export function inBetween(table: Table, command: string, nth: number, meanwhile: () => Promise<unknown>): Table {
  let answered = 0;
  const send = async (asked: Parameters<DynamoDBClient['send']>[0]): Promise<unknown> => {
    const answer = await table.client.send(asked);
    if (asked.constructor.name === command) answered += 1;
    if (asked.constructor.name === command && answered === nth) await meanwhile();
    return answer;
  };
  return { ...table, client: Object.create(table.client, { send: { value: send } }) as DynamoDBClient };
}

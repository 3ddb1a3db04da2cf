import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import type { Table } from '../store/table.ts';

/** Where `GUIJING_COUNT=1` is set, has every store call say what it consumed, one JSON line each: how the bench counts units instead of estimating them. */
export function countingTable(table: Table): Table {
  if (process.env['GUIJING_COUNT'] !== '1') return table;
  table.client.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } as typeof args.input });
      const used = (answer.output as { ConsumedCapacity?: ConsumedCapacity | readonly ConsumedCapacity[] }).ConsumedCapacity;
      console.log(JSON.stringify({ operation: context.commandName, units: [used].flat().reduce((sum, one) => sum + (one?.CapacityUnits ?? 0), 0) }));
      return answer;
    },
    { step: 'initialize', name: 'countCapacity' },
  );
  return table;
}

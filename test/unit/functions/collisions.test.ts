import { TransactionCanceledException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { isWritten } from '../../../functions/store/save.ts';

/** A store that answers one transaction after the other with these reasons; with none it writes. */
function storeThatSays(...reasons: readonly (string | undefined)[]): { readonly table: Parameters<typeof isWritten>[0]; readonly sent: () => number } {
  let sent = 0;
  const send = (): Promise<object> => {
    const Code = reasons[Math.min(sent, reasons.length - 1)];
    sent += 1;
    return Code === undefined ? Promise.resolve({}) : Promise.reject(new TransactionCanceledException({ $metadata: {}, message: Code, CancellationReasons: [{ Code: 'None' }, { Code }] }));
  };
  return { table: { client: { send } as unknown as DynamoDBClient, name: 'records' }, sent: () => sent };
}

describe('a transaction that meets another one on the same items', () => {
  it('is sent again while the other is under way, for nobody was faster yet', async () => {
    const { table, sent } = storeThatSays('TransactionConflict', 'TransactionConflict', undefined);
    expect(await isWritten(table, [])).toBe(true);
    expect(sent()).toBe(3);
  });

  it('has lost where a condition is false, at once, or where the others do not end', async () => {
    const refused = storeThatSays('ConditionalCheckFailed');
    expect([await isWritten(refused.table, []), refused.sent()]).toEqual([false, 1]);
    const busy = storeThatSays('TransactionConflict');
    expect([await isWritten(busy.table, []), busy.sent()]).toEqual([false, 5]);
  });
});

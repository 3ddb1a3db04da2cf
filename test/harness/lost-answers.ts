import type { DynamoDBClient, DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/** Whether the answers to first sendings are lost in this run: `GUIJING_LOSE_ANSWERS=1`. */
export const answersAreLost = process.env['GUIJING_LOSE_ANSWERS'] === '1';

type RetryStrategy = Extract<NonNullable<DynamoDBClientConfig['retryStrategy']>, { refreshRetryTokenForRetry: unknown }>;
const sentBefore = (times: number) => ({ getRetryCount: () => times, getRetryDelay: () => 0 });

/** Sends again at once and without end of patience over all calls: the SDK's own strategy gives up after a few dozen lost answers. */
const retryStrategy: RetryStrategy = {
  acquireInitialRetryToken: async () => sentBefore(0),
  refreshRetryTokenForRetry: async (token, { errorType }) => {
    if (errorType === 'CLIENT_ERROR' || token.getRetryCount() > 1) throw new Error('not sent again');
    return sentBefore(token.getRetryCount() + 1);
  },
  recordSuccess: () => undefined,
};

/** How a client is made that loses answers. */
export const losing = { retryStrategy } as const;

/** Makes a client lose the answer to the first sending of each write that the store carried out, as a store that dies between the two does; the SDK then sends it again. */
export function losingAnswers(client: DynamoDBClient): DynamoDBClient {
  client.middlewareStack.add(
    (next, { commandName }) => async (args) => {
      const answer = await next(args);
      if (isWrite(String(commandName)) && isFirst(args.request)) throw Object.assign(new Error('the answer was lost'), { code: 'ECONNRESET' });
      return answer;
    },
    { step: 'deserialize', priority: 'high', name: 'losingAnswers' },
  );
  return client;
}

const isWrite = (command: string): boolean => /^(Put|Update|Delete|BatchWrite|TransactWrite)/.test(command);

function isFirst(request: unknown): boolean {
  const { headers } = request as { readonly headers: Record<string, string> };
  return headers['amz-sdk-request']?.startsWith('attempt=1;') === true;
}

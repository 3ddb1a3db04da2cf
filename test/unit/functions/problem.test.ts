import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { hiddenProblem } from '../../../functions/http/problem.ts';
import { Conflict } from '../../../functions/store/save.ts';

const named = (name: string) => Object.assign(new Error('not to be read'), { name });
const coded = (code: string) => Object.assign(new Error('not to be read'), { code });
const cancelled = (Code: string) => new TransactionCanceledException({ message: 'not to be read', $metadata: {}, CancellationReasons: [{ Code: 'None' }, { Code }] });

describe('a failure of our own', () => {
  it.each([
    named('ThrottlingException'), named('TransactionConflictException'), named('SlowDown'), coded('ECONNRESET'), coded('EPIPE'), coded('ETIMEDOUT'),
    cancelled('ThrottlingError'), cancelled('ProvisionedThroughputExceeded'), new Conflict(true), new Conflict(false),
  ])('that passes by itself asks for another try: %s', (error) => {
    expect(hiddenProblem(error, 'r-1')).toMatchObject({ name: 'unavailable', message: '服务暂时不可用，请稍后重试（编号：r-1）' });
  });

  it.each([named('ConditionalCheckFailedException'), named('AccessDeniedException'), cancelled('ValidationError'), new TypeError('not to be read'), 'not to be read'])('that does not says nothing but its number: %s', (error) => {
    expect(hiddenProblem(error, 'r-1')).toMatchObject({ name: 'unexpected', message: '系统内部出现错误，已记录，请稍后重试或联系管理员（编号：r-1）' });
  });
});

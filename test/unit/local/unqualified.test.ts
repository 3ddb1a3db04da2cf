import { expect, it } from 'vitest';
import { unqualified } from '../../../infra/local/unqualified.ts';

const of = 'arn:aws-cn:lambda:cn-northwest-1:123456789012:function:guijing-relay';
const machine = 'arn:aws-cn:states:cn-northwest-1:123456789012:stateMachine:guijing-recovery';

it.each([[of, of], [`${of}:live`, of], [`${of}:1`, of], [machine, machine], [`${machine}:live`, machine], ['*', '*'], ['', '']])('%s without version and alias is %s', (arn, base) => {
  expect(unqualified(arn)).toBe(base);
});

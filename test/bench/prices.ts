/** What a thing costs on AWS, in dollars for each one of it. */
export interface Price {
  readonly what: string;
  readonly dollars: number;
  readonly source: string;
}

/** On-demand list prices of us-east-1, as known in November 2026 and not looked up anew: check them against the pages named before quoting a bill. Without free tiers. */
export const prices = {
  transitions: { what: 'Step Functions standard, state transition', dollars: 25 / 1e6, source: 'aws.amazon.com/step-functions/pricing' },
  writeUnits: { what: 'DynamoDB on demand, write request unit', dollars: 0.625 / 1e6, source: 'aws.amazon.com/dynamodb/pricing/on-demand' },
  readUnits: { what: 'DynamoDB on demand, read request unit', dollars: 0.125 / 1e6, source: 'aws.amazon.com/dynamodb/pricing/on-demand' },
  invocations: { what: 'Lambda, request', dollars: 0.2 / 1e6, source: 'aws.amazon.com/lambda/pricing' },
  gigabyteSeconds: { what: 'Lambda on arm64, GB-second', dollars: 0.0000133334, source: 'aws.amazon.com/lambda/pricing' },
  apiCalls: { what: 'HTTP API, request', dollars: 1 / 1e6, source: 'aws.amazon.com/api-gateway/pricing' },
  s3Writes: { what: 'S3 standard, PUT, COPY, POST, LIST', dollars: 0.005 / 1e3, source: 'aws.amazon.com/s3/pricing' },
  s3Reads: { what: 'S3 standard, GET and HEAD', dollars: 0.0004 / 1e3, source: 'aws.amazon.com/s3/pricing' },
} as const satisfies Record<string, Price>;

/** What is counted and priced. */
export type Counted = keyof typeof prices;

/** The dollars that some counts make. */
export function dollarsFor(counts: Readonly<Record<Counted, number>>): number {
  return (Object.keys(prices) as Counted[]).reduce((sum, name) => sum + counts[name] * prices[name].dollars, 0);
}

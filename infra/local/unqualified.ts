/** The ARN of a function or state machine without the version or alias that it may end in: seven parts, whatever follows. */
export function unqualified(arn: string): string {
  return arn.split(':').slice(0, 7).join(':');
}

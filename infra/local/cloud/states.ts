import type { Due } from '../clock.ts';
import type { StatesCall } from '../events/targets.ts';
import type { Answer } from '../front/services.ts';
import { openStepFunctions } from '../sfn/open.ts';
import type { Surroundings } from '../sfn/ports.ts';
import type { Activity } from './settle.ts';

/** Step Functions as the rest of the cloud uses it. */
export interface States extends Due, Activity {
  /** Calls an operation from within the cloud; throws an Error named as the service's error. */
  readonly call: StatesCall;
  /** Answers an operation of the wire protocol. */
  answer(operation: string, body: Buffer): Promise<Answer>;
  stateMachineOfToken(token: string): string | undefined;
  /** States entered since the start, by all executions together. */
  transitions(): number;
  close(): Promise<void>;
}

/** Opens Step Functions over its file. */
export function openStates(surroundings: Surroundings): States {
  let transitions = 0;
  const service = openStepFunctions({ ...surroundings, onTransitions: (count) => void (transitions += count) });
  let calls = 0;
  let running = 0;
  const handle = async (operation: string, body: string) => {
    calls += 1;
    running += 1;
    try {
      return await service.handle(`AWSStepFunctions.${operation}`, body);
    } finally {
      running -= 1;
    }
  };
  return {
    call: async (operation, input) => {
      const { status, body } = await handle(operation, JSON.stringify(input));
      const answer = JSON.parse(body || '{}') as { __type?: string; message?: string };
      if (status < 400) return answer;
      const error = new Error(answer.message ?? `${operation}: ${status}`);
      error.name = answer.__type?.split('#').at(-1) ?? 'InternalFailure';
      throw error;
    },
    answer: async (operation, body) => {
      const { status, body: text, errorType } = await handle(operation, body.toString('utf8'));
      return { status, headers: { 'content-type': 'application/x-amz-json-1.0', ...(errorType ? { 'x-amzn-errortype': errorType } : {}) }, body: text };
    },
    stateMachineOfToken: (token) => service.stateMachineOfToken(token),
    transitions: () => transitions,
    nextDue: () => service.nextDue(),
    fireDue: (now) => service.fireDue(now),
    quiet: () => service.idle(),
    busy: () => running > 0,
    count: () => calls,
    close: async () => service.close(),
  };
}

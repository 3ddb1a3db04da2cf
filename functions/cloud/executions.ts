import { SFNClient } from '@aws-sdk/client-sfn';
import { stepFunctions, type Steps } from '../steps/step-functions.ts';
import { smallCalls, withoutTrimmings } from './request-handler.ts';
import { setting } from './setting.ts';

/** Step Functions of this environment; `STATE_MACHINES` maps each lifecycle to its alias. */
export const steps: Steps = stepFunctions(withoutTrimmings(new SFNClient(smallCalls())), JSON.parse(setting('STATE_MACHINES')) as Record<string, string>);

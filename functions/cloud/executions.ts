import { SFNClient } from '@aws-sdk/client-sfn';
import { later } from '../../shared/later.ts';
import { stepFunctions, type Steps } from '../steps/step-functions.ts';
import { smallCalls, withoutTrimmings } from './request-handler.ts';
import { setting } from './setting.ts';

const machines = setting('STATE_MACHINES');

/** Step Functions of this environment; `STATE_MACHINES` maps each lifecycle to its alias. The client is made when it is first needed: a wait that begins needs none. */
export const steps: Steps = later(() => stepFunctions(withoutTrimmings(new SFNClient(smallCalls())), JSON.parse(machines) as Record<string, string>));

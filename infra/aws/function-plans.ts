import {
  answerTokens,
  type Grant,
  listLegs,
  mendLegs,
  readFiles,
  readItems,
  readTable,
  startLegs,
  watchLegs,
  writeFiles,
  writeTable,
} from './grants.ts';

/** How a function is run and what it may do (contract, section 5). */
export interface FunctionPlan {
  readonly does: string;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  readonly may: readonly Grant[];
  /** At most so many at once; absent where the account's limit is enough. */
  readonly atOnce?: number;
}

/** A person waits: half a virtual CPU keeps a cold start under a second, and API Gateway gives up after 30 s. */
const forPeople = { memoryMegabytes: 1024, timeoutSeconds: 15 };
/** Step Functions waits: small, and retried by the definition. */
const forSteps = { memoryMegabytes: 512, timeoutSeconds: 30 };

/** Every function of the programme by its name, which is also its file `functions/<name>.lambda.ts`. */
export const functionPlans = {
  'send-command': { does: 'Decides a command and writes its event.', ...forPeople, may: [readTable, writeTable] },
  'read-cases': { does: 'Answers every read but files.', ...forPeople, may: [readTable, readFiles('public/')] },
  attachments: {
    does: 'Signs uploads and downloads, checks what was uploaded by its bytes.',
    ...forPeople,
    timeoutSeconds: 29,
    may: [readTable, writeTable, readFiles('attachments/'), writeFiles('attachments/')],
  },
  site: { does: 'Serves the start page, the API page and what is derived.', ...forPeople, memoryMegabytes: 512, may: [] },
  'await-leaf': {
    does: 'Registers the task token of a wait.',
    ...forSteps,
    may: [readItems, writeTable, answerTokens, startLegs],
  },
  'pass-deadline': { does: 'Decides that a wait is over.', ...forSteps, may: [readTable, writeTable, startLegs] },
  'run-activity': {
    does: 'Runs the activity of a working leaf and commits its event.',
    ...forSteps,
    memoryMegabytes: 1024,
    timeoutSeconds: 900,
    may: [
      readTable,
      writeTable,
      startLegs,
      ...['batches/', 'public/', 'cases/'].flatMap((prefix) => [readFiles(prefix), writeFiles(prefix)]),
    ],
  },
  'open-batch': { does: 'Opens the half-yearly batch once.', ...forSteps, may: [readTable, writeTable] },
  'publish-scenarios': { does: 'Moves a slice of a batch on.', ...forSteps, timeoutSeconds: 300, may: [readTable, writeTable] },
  relay: {
    does: 'Tells Step Functions what the log says.',
    ...forSteps,
    timeoutSeconds: 60,
    may: [readTable, writeTable, answerTokens, startLegs],
  },
  sweep: {
    does: 'Repairs what an outage left.',
    ...forSteps,
    timeoutSeconds: 290,
    atOnce: 1,
    may: [readTable, writeTable, answerTokens, startLegs, watchLegs, listLegs, mendLegs],
  },
} as const satisfies Record<string, FunctionPlan>;

/** The name of one function. */
export type FunctionName = keyof typeof functionPlans;

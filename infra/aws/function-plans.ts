import {
  answerTokens,
  findFiles,
  type Grant,
  readFiles,
  readItems,
  readTable,
  removeFiles,
  seePieces,
  startLegs,
  watchLegs,
  writeFiles,
  writeMany,
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
/** The definition gives a call five minutes; a function that ran longer would run twice at once. */
const withinTask = 290;

/** Every function of the programme by its name, which is also its file `functions/<name>.lambda.ts`. */
export const functionPlans = {
  'send-command': { does: 'Decides a command and writes its event.', ...forPeople, may: [readItems, writeTable] },
  'read-cases': { does: 'Answers every read but files.', ...forPeople, may: [readTable, findFiles, readFiles('public/')] },
  desk: { does: 'Answers what concerns one person: own work, notices, stand-ins.', ...forPeople, may: [readTable, writeTable] },
  exports: { does: 'Writes lists and figures as Excel and CSV files.', ...forPeople, memoryMegabytes: 2048, timeoutSeconds: 29, may: [readTable, findFiles, readFiles('public/')] },
  attachments: {
    does: 'Signs uploads and downloads, checks what was uploaded by its bytes.',
    ...forPeople,
    timeoutSeconds: 29,
    may: [readItems, writeTable, findFiles, ...[readFiles, writeFiles, removeFiles, seePieces, seePieces].map((grant) => grant('attachments/'))],
  },
  'note-scan': { does: 'Notes what a scan for malware has found in an upload.', ...forSteps, may: [readItems, writeTable] },
  documents: { does: 'Prints official documents, reads filled-in lists, verifies prints.', ...forPeople, memoryMegabytes: 2048, timeoutSeconds: 29, may: [readTable, findFiles, readFiles('public/lists/'), ...[readFiles, writeFiles].map((grant) => grant('prints/'))] },
  'rehearse-batch': {
    does: 'Rehearses a publication: what would be on the list, and what keeps the rest from it.',
    ...forPeople,
    timeoutSeconds: 29,
    may: [readTable, writeTable, findFiles, ...[readFiles, writeFiles].map((grant) => grant('batches/'))],
  },
  site: { does: 'Serves the console, the API page and what is derived.', ...forPeople, memoryMegabytes: 512, may: [] },
  'import-rows': { does: 'Reads a workbook into a list, whole or not at all.', ...forPeople, memoryMegabytes: 2048, timeoutSeconds: 29, may: [readItems, writeTable] },
  'await-leaf': { does: 'Registers the task token of a wait.', ...forSteps, may: [readItems, writeTable, answerTokens] },
  'pass-deadline': { does: 'Decides that a wait is over.', ...forSteps, may: [readItems, writeTable, startLegs] },
  'run-activity': {
    does: 'Runs the activity of a working leaf and commits its event.',
    ...forSteps,
    memoryMegabytes: 1024,
    timeoutSeconds: withinTask,
    may: [
      readTable,
      writeTable,
      findFiles,
      ...[readFiles, writeFiles].flatMap((grant) => ['batches/', 'public/lists/', 'archive/'].map(grant)),
    ],
  },
  'open-batch': { does: 'Opens the half-yearly batch once.', ...forSteps, may: [readItems, writeTable] },
  'publish-scenarios': { does: 'Moves a slice of a batch on.', ...forSteps, timeoutSeconds: 120, may: [readItems, writeTable] },
  relay: {
    does: 'Tells Step Functions what the log says.',
    ...forSteps,
    timeoutSeconds: 60,
    may: [readItems, writeTable, answerTokens, startLegs],
  },
  notices: { does: 'Derives from the log and the calendar what people are told.', ...forSteps, timeoutSeconds: 290, may: [readTable, writeTable, writeMany] },
  'send-notices': { does: 'Sends what waits in the outbox by mail and to the webhook.', ...forSteps, timeoutSeconds: 290, atOnce: 1, may: [readTable, writeTable] },
  boards: { does: 'Answers what is looked at across cases: boards, figures, the case library.', ...forPeople, may: [readTable] },
  'count-figures': { does: 'Counts the figures of the programme.', ...forSteps, memoryMegabytes: 1024, timeoutSeconds: 290, atOnce: 1, may: [readTable, writeTable, writeMany] },
  sweep: {
    does: 'Repairs what an outage left.',
    ...forSteps,
    timeoutSeconds: 290,
    atOnce: 1,
    may: [readTable, writeTable, answerTokens, startLegs, watchLegs],
  },
} as const satisfies Record<string, FunctionPlan>;

/** The name of one function. */
export type FunctionName = keyof typeof functionPlans;

import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { workbookType } from '../documents/names.ts';
import * as answers from './ledger-answers.ts';
import { read } from './operation.ts';
import { parameters } from './parameters.ts';
import { fileResponse, problemResponses, signedIn } from './responses.ts';

/** The paths of money: what a scenario gets and why, and the books of the fund. */
export const ledgerPaths: ZodOpenApiPathsObject = {
  '/scenarios/{id}/money': { get: read('场景的资金：每笔金额的依据、档次、上限、核定、拨付、收回与支出', '场景', answers.scenarioMoney, parameters.oneCase) },
  '/ledger/trial-balance': { get: read('试算平衡：各预算科目各账户余额，合计为零', '资金总账', answers.trialBalance, undefined) },
  '/ledger/entries': { get: read('资金分录（按年、按时间先后，只增不改）', '资金总账', answers.journal, parameters.journal) },
  '/ledger/disbursements': { get: read('资金拨付台账（按年，最近的在前）', '资金总账', answers.disbursementList, parameters.ledgerYear) },
  '/ledger/disbursements.xlsx': {
    get: {
      summary: '资金拨付台账（Excel）',
      tags: ['资金总账'],
      requestParams: parameters.ledgerYear,
      responses: { 200: fileResponse('资金拨付台账', [workbookType]), ...problemResponses([...signedIn, 'too-large']) },
    },
  },
};

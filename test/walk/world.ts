import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { dynamoClient, type Table } from '../../functions/store/table.ts';
import { organisations, people } from '../../infra/local/seed/people.ts';
import type { Json } from '../../machines/decision.ts';
import type { FundingClass, ScenarioContext } from '../../machines/scenario/context.ts';
import { conflictsOf } from '../../machines/scenario/conflicts.ts';
import type { Actor } from '../../shared/actor.ts';
import { gx2025Draft } from '../../shared/policy.ts';
import { governmentFormFixture, socialFormFixture } from '../fixtures/forms.ts';
import type { Endpoints } from '../harness/cloud-process.ts';
import { pick } from './random.ts';
import type { World } from './sample-args.ts';

/** Everybody who can act on a walk: the seeded people with their organisations. */
export const actors: readonly Actor[] = people.map(({ id, name, roles, org }) => {
  const found = organisations.find((each) => each.id === org);
  if (!found) throw new Error(`${id} has no organisation`);
  return { person: id, name, roles, org: found };
});

const experts = people.filter(({ roles }) => roles.includes('expert'));
const handlers: Readonly<Record<string, string>> = { 'nanning-logistics': 'nanning-data', 'guiling-cement': 'liuzhou-data', 'yongjiang-tech': 'nanning-data' };

function orgOf(person: string): Actor['org'] {
  return (actors.find((actor) => actor.person === person) as Actor).org; // everybody seeded acts
}

/** Whom samples name and what they file; a form may be incomplete or have another stage, so that refusals happen too. */
export const world: World = {
  expertsFor: (context, today) => experts.filter(({ id, expertise }) => conflictsOf({ org: orgOf(id), ...(expertise ? { expertise } : {}) }, context, today, gx2025Draft).length === 0).map(({ id }) => id),
  bureau: people.filter(({ org }) => org === 'gx-bureau').map(({ id }) => id),
  departments: ['gx-market', 'gx-industry'],
  orgOf: (person) => orgOf(person).id,
  handlerFor: (context) => handlers[context.unit.id] ?? 'nanning-data',
  formFor: (context, random) => (context.marks.length > 0 ? correctedForm(context, random) : formOf(context.funding, random)) as unknown as Json,
  formAs: (context) => formAgain(context) as unknown as Json,
};

/** What a form should have, where it matters; left to the dice where nothing is said. */
export interface Wish {
  readonly stage?: 'proposed' | 'built';
  readonly crossCutting?: boolean;
  readonly plainMoney?: boolean;
}

const investments = [90_000_000, 500_000_000, 500_000_001, 826_000_000, 1_000_000_001, 2_400_000_000];

/** A form to open a scenario with: mostly complete, proposed or built, with or without dimensions, of varying investment. */
export function formOf(funding: ScenarioContext['funding'], random: () => number, wish: Wish = {}): object {
  const name = nameOf(random);
  const totalInvestmentFen = pick(investments, random);
  const clear = wish.plainMoney === true || random() < 5 / 6;
  if (funding === 'governmentInvestment') return governmentFormFixture({ name, stage: wish.stage ?? pick(['proposed', 'proposed', 'built'], random), totalInvestmentFen, localFiscalFen: clear ? totalInvestmentFen : 0 });
  const crosses = wish.crossCutting ?? random() < 0.5;
  return named(socialFormFixture({ name, totalInvestmentFen, localFiscalFen: clear ? 0 : aLittleFiscalMoney, crossCutting: crosses ? ['departments', 'systems'] : [] }), name);
}

// A little fiscal money in a company's own building puts the class in doubt, for an officer to decide.
const aLittleFiscalMoney = 10_000_000;

// Two open filings of one unit under one name are a duplicate, which no formal check lets pass: every filing has its own name.
function nameOf(random: () => number): string {
  const syllables = Array.from({ length: 8 }, () => pick([...'智慧农贸流通医养文旅物联矿山港口电力水利教育交通政务'], random));
  return `${syllables.join('')}场景`;
}

/** Annex 2 says the name twice more, and all must agree. */
function named(form: ReturnType<typeof socialFormFixture>, name: string): object {
  const { cover, basic, ...rest } = form.annex2 as { readonly cover: object; readonly basic: object };
  return { ...form, annex2: { ...rest, cover: { ...cover, name }, basic: { ...basic, name } } };
}

/** A form for a path that is known beforehand. */
export function formAlong(funding: FundingClass, wish: { readonly proposed: boolean; readonly crossCutting: boolean }, random: () => number): object {
  const name = nameOf(random);
  if (funding === 'governmentInvestment') return governmentFormFixture({ name, stage: wish.proposed ? 'proposed' : 'built' });
  return named(socialFormFixture({ name, crossCutting: wish.crossCutting ? ['departments', 'systems'] : [] }), name);
}

/** A returned form: as it was, or, where the correction may say so, with money that puts the class in doubt or out of it. */
function correctedForm(context: ScenarioContext, random: () => number): object {
  const other = context.funding === 'governmentInvestment' ? context.investmentFen : aLittleFiscalMoney;
  const mayChangeMoney = context.marks.some((mark) => mark === '/system');
  return formAgain(mayChangeMoney && random() < 0.6 ? { ...context, localFiscalFen: context.localFiscalFen === 0 ? other : 0 } : context);
}

/** The form that `formOf` made for a case, once more. */
function formAgain({ name, funding, stage, investmentFen: totalInvestmentFen, localFiscalFen, crossCutting }: ScenarioContext): object {
  const fields = { name, totalInvestmentFen, localFiscalFen, crossCutting: [...crossCutting] };
  return funding === 'governmentInvestment' ? governmentFormFixture({ ...fields, stage }) : named(socialFormFixture(fields), name);
}

/** The records of the local cloud, read past the API: what is true, not what is shown. */
export async function recordsOf({ dynamodb, region, accessKeyId, secretAccessKey }: Endpoints): Promise<Table> {
  const config = { endpoint: dynamodb, region, credentials: { accessKeyId, secretAccessKey } };
  const { TableNames = [] } = await new DynamoDBClient(config).send(new ListTablesCommand({}));
  const [name] = TableNames;
  if (name === undefined || TableNames.length > 1) throw new Error(`one table was expected, found: ${TableNames.join(', ')}`);
  return { client: dynamoClient(config), name };
}

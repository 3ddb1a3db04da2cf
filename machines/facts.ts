import type { Command, Snapshot } from './decision.ts';
import type { Facts } from './question.ts';

/** What the shell has to load before it asks the core about a command: ids to look up, or a question to answer. Empty for most commands. */
export interface FactNeeds {
  /** → `facts.organisations`; ids that do not exist are left out of the answer. */
  readonly organisations?: readonly string[];
  /** → `facts.people`. */
  readonly people?: readonly string[];
  /** → `facts.openRecoveriesOfUnit`: the number of open recoveries of this organisation over all cases. */
  readonly openRecoveriesOfUnit?: string;
  /** → `facts.placeInFund`: the place of this scenario in the fund's queue. */
  readonly placeInFund?: string;
  /** → `facts.latestForm`: the newest form revision of this case. */
  readonly latestForm?: true;
  /** → `facts.listDigests`: the digests of this list's rows as they stand. */
  readonly listDigests?: true;
}

const askingTheFund: ReadonlySet<string> = new Set(['orderPayment', 'deferAdvance']);
const movingMoney: ReadonlySet<string> = new Set(['proposeAward', 'approveAward', 'confirmPayment', ...askingTheFund]);
const namingSigners: ReadonlySet<string> = new Set(['askCountersigns', 'transferCountersign', 'addCountersigner']);

/** Which facts a command needs; `decide` throws when one of them was not given, because only the shell can forget it. */
export function factsOf(snapshot: Snapshot, command: Command): FactNeeds {
  const { args } = command;
  const context = snapshot.context as { readonly id?: string; readonly unit?: { readonly id: string }; readonly marks?: readonly string[] };
  if (movingMoney.has(command.type)) return moneyFacts(command.type, context);
  if (namingSigners.has(command.type)) return { people: [args['signers'], args['to'], args['signer']].flatMap(texts) };
  switch (command.type) {
    case 'submit':
      return { organisations: texts(args['handler']) };
    case 'proposeRows':
    case 'assignRow':
      return args['unit'] === undefined ? {} : { organisations: texts(args['unit']) };
    case 'sealList':
      // Anybody may send it to any case; another lifecycle refuses it and has no rows.
      return snapshot.lifecycle === 'scenarioList' ? { listDigests: true } : {};
    case 'acceptDemand':
      return { organisations: texts(args['provider']) };
    case 'transferDemand':
      return { organisations: texts(args['handler']) };
    case 'assignExperts':
      return { people: [...texts(args['experts']), ...texts(args['alternates'])] };
    case 'proposeLeadUnit':
      return { organisations: [...texts(args['leadUnit']), ...texts(args['departments'])] };
    case 'saveForm':
      return (context.marks ?? []).length > 0 ? { latestForm: true } : {};
    case 'amendForm':
      return { latestForm: true };
    default:
      return {};
  }
}

/** Whether the unit owes money; and before a payment is ordered or put off, whether the fund has it. */
function moneyFacts(type: string, { id = '', unit }: { readonly id?: string; readonly unit?: { readonly id: string } }): FactNeeds {
  return { openRecoveriesOfUnit: unit?.id ?? '', ...(askingTheFund.has(type) && { placeInFund: id }) };
}

/** Throws when facts that a command needs were not given. */
export function requireFacts(needs: FactNeeds, facts: Facts): void {
  const missing = (Object.keys(needs) as (keyof FactNeeds)[]).filter((name) => facts[name] === undefined);
  if (missing.length > 0 && !facts.recorded) throw new Error(`facts not given: ${missing.join(', ')}`);
}

function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');
}

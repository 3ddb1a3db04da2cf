import type { CaseAnswer } from '../../functions/cases/view.ts';
import type { Json } from '../../machines/decision.ts';
import { accepted, type Story } from '../demo/story.ts';

/** What a command is given. */
export type Args = { readonly [name: string]: Json };

/** What came of a command: the case after it, or the rule (else the problem) that stood against it. */
export type Outcome = { readonly taken: CaseAnswer } | { readonly refused: string };

/** What people do at the API in a season: they look at a case, see what they may do, and do it. Counts their commands and looks. */
export class Clerk {
  readonly story: Story;
  commands = 0;
  /** How many of the commands were accepted. */
  taken = 0;
  looks = 0;

  constructor(story: Story) {
    this.story = story;
  }

  /** A case as somebody sees it now. */
  async look(person: string, path: string): Promise<CaseAnswer> {
    this.looks += 1;
    return accepted(await this.story.as(person).get<CaseAnswer>(path), `${person} looks at ${path}`);
  }

  /** Any other answer of the API. */
  async read<T>(person: string, path: string): Promise<T> {
    this.looks += 1;
    return accepted(await this.story.as(person).get<T>(path), `${person} reads ${path}`);
  }

  /** Opens something at a path. */
  async open(person: string, path: string, body: object): Promise<CaseAnswer> {
    this.commands += 1;
    return accepted(await this.story.as(person).post<CaseAnswer>(path, body), `${person} opens at ${path}`);
  }

  /**
   * Does one thing on a case as somebody saw it: only what the API offers them, looked at again when others were faster. Throws on every answer that
   * no person may get.
   */
  async take(person: string, path: string, command: string, args: Args, seen?: CaseAnswer): Promise<Outcome> {
    let view = seen ?? (await this.look(person, path));
    for (let tries = 0; tries < patience; tries += 1) {
      const offer = view.offers.find((each) => each.command === command);
      if (!offer) return { refused: 'notOffered' };
      if (!offer.allowed) return { refused: offer.refusal?.rule ?? offer.refusal?.problem ?? 'notAllowed' };
      const answer = await this.story.as(person).post<CaseAnswer & { readonly rule?: string; readonly type?: string }>(`${path}/commands/${command}`, args, view.version);
      this.commands += 1;
      if (answer.status === 200) {
        this.taken += 1;
        return { taken: answer.body };
      }
      if (answer.status === 409 || answer.status === 422) return { refused: answer.body.rule ?? answer.body.type ?? String(answer.status) };
      if (answer.status !== 412) throw new Error(`${person} ${command} on ${path} with ${JSON.stringify(args)}: ${answer.status} ${JSON.stringify(answer.body)}`);
      view = await this.look(person, path);
    }
    throw new Error(`${person} ${command} on ${path}: others were faster ${patience} times`);
  }
}

// Of the people of a season nobody else acts on a case at the same moment, but the cloud may: word of a repayment, a deadline.
const patience = 8;

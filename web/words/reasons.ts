import { isEnglish } from './language.ts';
import { spoken } from './spoken.ts';

/** Why something was refused, as the API says it. */
interface Refusal {
  readonly problem: string;
  readonly detail: string;
  readonly rule?: unknown;
}

/** Why something cannot be done: the API's Chinese sentence, in English with the name of the rule (or of the kind of refusal) before it. */
export function reasonOf({ problem, detail, rule }: Refusal): string {
  if (!isEnglish()) return detail;
  return `${typeof rule === 'string' ? `Does not hold: “${spoken(rule)}”` : spoken(problem)}. ${detail}`;
}

/** Why a command is not offered; undefined where it is, or where the API does not say. */
export const whyNot = (offer: { readonly refusal?: Refusal } | undefined): string | undefined => offer?.refusal && reasonOf(offer.refusal);

/** What kind of problem it is, for the head of a message. */
export const problemTitle = (problem: string, chinese: string): string => (isEnglish() ? spoken(problem) : chinese);

/** What deserves attention, in a sentence; in English with the name of the flag before it. */
export const flagOf = ({ flag, sentence }: { readonly flag: string; readonly sentence: string }): string => (isEnglish() ? `${spoken(flag)}. ${sentence}` : sentence);

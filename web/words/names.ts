import { articleWords } from '../../machines/derive/words.ts';
import { argumentLabel } from '../../machines/labels-of-arguments.zh.ts';
import { accountLabels, commandLabels, eventLabel, fundLineLabels, lifecycleLabels, roleLabels, stateLabel } from '../../machines/labels.zh.ts';
import { isEnglish } from './language.ts';
import { spoken } from './spoken.ts';

/** The name of a command, for buttons. */
export const commandName = (command: string): string => (isEnglish() ? spoken(command) : (commandLabels[command as keyof typeof commandLabels] ?? command));

/** The name of what happened. */
export const eventName = (command: string): string => (isEnglish() ? `${spoken(command)}: done` : eventLabel(command));

/** The name of a state. */
export const stateName = (lifecycle: string, path: string): string => (isEnglish() ? path.split('.').map(spoken).join(': ') : stateLabel(lifecycle, path));

/** The name of a role. */
export const roleName = (role: string): string => (isEnglish() ? spoken(role) : (roleLabels[role as keyof typeof roleLabels] ?? role));

/** Who did something, by name; the system by its role. */
export const actorName = ({ name, roles = [] }: { readonly name: string; readonly roles?: readonly string[] }): string => (roles.includes('system') ? roleName('system') : name);

/** Names of roles, one after the other. */
export const roleNames = (roles: readonly string[]): string => roles.map(roleName).join(isEnglish() ? ', ' : '、');

/** The name of a lifecycle. */
export const lifecycleName = (lifecycle: string): string => (isEnglish() ? spoken(lifecycle) : (lifecycleLabels[lifecycle as keyof typeof lifecycleLabels] ?? lifecycle));

/** The name of an argument of a command. Amounts are typed in yuan, whatever unit they are kept in. */
export const argumentName = (argument: string): string => (isEnglish() ? spoken(argument.replace(/Fen$/, '')) : argumentLabel(argument));

/** An account of the ledger. */
export const accountName = (account: string): string => (isEnglish() ? spoken(account) : (accountLabels[account as keyof typeof accountLabels] ?? account));

/** A budget line of the fund. */
export const fundLineName = (line: keyof typeof fundLineLabels): string => (isEnglish() ? spoken(line) : fundLineLabels[line]);

/** An article or policy that something rests on. */
export const articleName = (reference: string): string => (isEnglish() ? spokenArticle(reference) : articleWords(reference));

/** `art. 12(2)` is written out; references to policies keep their numbers. */
const spokenArticle = (reference: string): string => reference.replaceAll('art. ', 'article ');

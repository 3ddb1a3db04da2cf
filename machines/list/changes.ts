import type { Effect } from '../decision.ts';
import type { Question } from '../question.ts';
import type { ListContext, ListRow } from './context.ts';
import { rowOf } from './rules.ts';

type Ask = Question<ListContext>;

/** Changes of a list by action name. */
export const listChanges = {
  addRows: ({ actor, args, context }) => {
    const unit = args.unit ?? (actor.roles.includes('aggregator') && actor.org.id === context.handler ? null : actor.org.id);
    const added = (args.rows ?? []).map((row, index): ListRow => ({ id: idAfter(context.proposed + index), unit, by: actor.person, name: row.applicationName, edits: 0 }));
    return { rows: [...context.rows, ...added], proposed: context.proposed + added.length };
  },
  noteEdit: ({ args, context }) => changed(context, args.row, (row) => ({ ...row, name: args.content?.applicationName ?? row.name, edits: row.edits + 1 })),
  noteUnit: ({ args, context }) => changed(context, args.row, (row) => ({ ...row, unit: args.unit ?? row.unit })),
  dropRow: ({ args, context }) => ({ rows: context.rows.filter(({ id }) => id !== args.row) }),
  reorder: ({ args, context }) => ({ rows: (args.order ?? []).flatMap((id) => rowOf(context, id) ?? []) }),
  noteSeal: ({ actor, args }) => ({ sealed: { by: actor.person, opinion: args.opinion ?? '', sha256: args.listSha256 ?? '', sm3: args.listSm3 ?? '' }, returned: null }),
  breakSeal: () => ({ sealed: null }),
  noteReturn: ({ args, context }) => ({ sealed: null, returns: context.returns + 1, returned: { reason: args.reason ?? '', items: args.items ?? [] } }),
  noteOpened: ({ args }) => ({ opened: args.opened ?? 0 }),
  remind: ({ args, context, now }) => (now >= (context.due[args.leaf ?? ''] ?? now) ? { reminders: context.reminders + 1 } : {}),
} as const satisfies Record<string, (ask: Ask) => Partial<ListContext>>;

/** Effects of a list by action name: which rows this event's arguments speak of. */
export const listEffects = {
  storeProposed: (_, after) => [{ type: 'storeRows', rows: proposedIn(_, after) }],
  storeEdited: ({ args }) => [{ type: 'storeRows', rows: args.row === undefined ? [] : [args.row] }],
} as const satisfies Record<string, (ask: Ask, after: ListContext) => readonly Effect[]>;

function proposedIn({ context }: Ask, after: ListContext): string[] {
  return Array.from({ length: after.proposed - context.proposed }, (_, index) => idAfter(context.proposed + index));
}

/** The id of the row proposed after so many others. */
function idAfter(proposed: number): string {
  return `r${proposed + 1}`;
}

function changed({ rows }: ListContext, id: string | undefined, change: (row: ListRow) => ListRow): Partial<ListContext> {
  return { rows: rows.map((row) => (row.id === id ? change(row) : row)) };
}

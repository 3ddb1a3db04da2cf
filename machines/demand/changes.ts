import { dayOf } from '../../shared/days.ts';
import { pointerOf, type DemandContext, type DemandQuestion } from './rules.ts';

const unsigned = { user: null, provider: null } as const;

/** Changes of a data demand by action name. */
export const demandChanges = {
  noteProvider: ({ args }) => ({ provider: args.provider ?? null }),
  changeHandler: ({ args, context }) => ({ handler: args.handler ?? context.handler }),
  keepDemand: ({ args }) => ({ dataTypes: args.dataTypes ?? [], scope: args.scope ?? '', purpose: args.purpose ?? '' }),
  promiseOffer: ({ args }) => ({ promises: promised(args.promises), signed: unsigned }),
  noteMeeting: ({ args, context }) => ({ meetings: context.meetings + 1, promises: promised(args.promises), signed: unsigned }),
  noteUserSigned: ({ actor, context, now }) => ({ signed: { ...context.signed, user: actor.person }, signedOn: dayOf(now) }),
  noteProviderSigned: ({ actor, context, now }) => ({ signed: { ...context.signed, provider: actor.person }, signedOn: dayOf(now) }),
  noteDelivery: ({ args, context }) => ({ promises: context.promises.map((each) => (each.name === args.name ? { ...each, doneOn: args.deliveredOn ?? null } : each)) }),
  noteQuality: ({ args }) => ({ quality: { accuracy: args.accuracy ?? 0, completeness: args.completeness ?? 0, timeliness: args.timeliness ?? 0 } }),
  reopenPromises: ({ args, context }) => ({
    defects: context.defects + 1,
    promises: context.promises.map((each) => ((args.items ?? []).some(({ pointer }) => pointer === pointerOf(each.name)) ? { ...each, doneOn: null, dueOn: args.dueOn ?? each.dueOn } : each)),
  }),
  remind: ({ args, context, now }) => (now >= (context.due[args.leaf ?? ''] ?? now) ? { reminders: context.reminders + 1 } : {}),
} as const satisfies Record<string, (ask: DemandQuestion) => Partial<DemandContext>>;

function promised(promises: readonly { readonly name: string; readonly dueOn: string }[] | undefined): DemandContext['promises'] {
  return (promises ?? []).map(({ name, dueOn }) => ({ name, dueOn, doneOn: null }));
}

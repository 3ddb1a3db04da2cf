import type { Json, Problem } from '../api/types.ts';
import { placesOf, type Place } from '../revisions/places.ts';
import { withValue, type FormPage } from './fields.ts';

/** A save that met another, as the API tells it. */
export type Conflict = NonNullable<Problem['conflict']>;

/** One of the two who changed the same place. */
export type Whose = 'mine' | 'theirs';

/** A conflict field by field: `one` is mine, `other` theirs. `contested` both changed, `beside` only they did. */
export interface Contest {
  readonly contested: readonly Place[];
  readonly beside: readonly Place[];
}

/** Takes a conflict apart into fields. Where both began a group that was not there, each field of it is looked at by itself. */
export function contestOf(pages: readonly FormPage[], met: Conflict): Contest {
  const both = met.both.flatMap(({ pointer, yours, theirs }) => placesOf(pages, pointer, yours ?? undefined, theirs ?? undefined));
  const isShared = (pointer: string): boolean => met.both.some((each) => each.pointer === pointer);
  const theirs = met.theirs.filter(({ pointer }) => !isShared(pointer)).flatMap(({ pointer, before, after }) => placesOf(pages, pointer, before ?? undefined, after ?? undefined));
  const wasEmpty = (place: Place): boolean => met.both.some(({ pointer, before }) => before === null && place.pointer.startsWith(`${pointer}/`));
  const onlyMine = (place: Place): boolean => wasEmpty(place) && place.other === undefined;
  const onlyTheirs = (place: Place): boolean => wasEmpty(place) && place.one === undefined;
  return { contested: both.filter((place) => !onlyMine(place) && !onlyTheirs(place)), beside: [...theirs, ...both.filter(onlyTheirs)] };
}

/** My form with what they changed beside it, and where both changed the same place, the chosen one's. */
export function together(form: Json | undefined, { contested, beside }: Contest, whose: (pointer: string) => Whose): Json {
  const taken = [...beside, ...contested.filter(({ pointer }) => whose(pointer) === 'theirs')];
  return taken.reduce<Json>((whole, { pointer, other }) => withValue(whole, pointer, other), form ?? {});
}

import { actingFor, holdsAt, sharedRoles } from '../../machines/stand-in.ts';
import { person as personSchema } from '../../shared/contracts/text.ts';
import type { Actor } from '../../shared/actor.ts';
import type { Desk } from '../cases/act.ts';
import { loadAsking } from '../store/load.ts';
import { standInsFor } from '../store/stand-ins.ts';
import { header } from './door.ts';
import { Problem } from './problem.ts';
import type { HttpRequest } from './shell.ts';

/** Who acts, and for whom where the request has `On-Behalf-Of`: only a colleague who has handed over to this person for today. Costs nothing without the header. */
export async function standingIn(desk: Desk, request: HttpRequest, actor: Actor): Promise<{ readonly actor: Actor; readonly represented?: Actor }> {
  const person = header(request, 'on-behalf-of');
  if (person === undefined) return { actor };
  const now = new Date(desk.now).toISOString();
  const fits = personSchema.safeParse(person).success;
  const held = fits && (await standInsFor(desk.table, person)).some((each) => each.by === actor.person && holdsAt(each, now));
  const { actor: represented } = held ? await loadAsking(desk.table, person) : {};
  // Both may have changed office since.
  if (!represented || sharedRoles(represented, actor).length === 0) throw new Problem('not-allowed', '对方今天没有委托您代办，请核对委托的人员与期限');
  return { actor: actingFor(actor, represented), represented };
}

import type { ArnHome } from './arns.ts';
import type { Database } from './database.ts';
import type { Engine, MapRuns } from './parts.ts';
import type { Surroundings } from './ports.ts';
import type { Rules } from './requests.ts';
import type { Tokens } from './tokens.ts';
import type { JsonObject } from './values.ts';

/** What operations work with. */
export interface Service {
  readonly db: Database;
  readonly around: Surroundings;
  readonly home: ArnHome;
  readonly engine: Engine;
  readonly mapRuns: MapRuns;
  readonly tokens: Tokens;
}

/** One operation of the wire protocol: the rules for its request, and what it answers. It throws WireError. */
export interface Operation {
  readonly rules: Rules;
  run(service: Service, body: JsonObject): JsonObject | Promise<JsonObject>;
}

/** An instant (ms) as the wire has it: seconds. */
export const seconds = (ms: number) => ms / 1000;

/** An object without the members that are null or undefined. */
export function present(members: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== undefined));
}

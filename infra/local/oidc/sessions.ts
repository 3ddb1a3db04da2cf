/** What oidc-provider keeps of one thing (a session, a code, a grant). */
interface Payload {
  readonly uid?: string;
  readonly grantId?: string;
  readonly userCode?: string;
  consumed?: number;
  readonly [key: string]: unknown;
}

/** Expired things are looked for when this many have been kept. */
const sweepAt = 2000;

/**
 * Where the issuer keeps who is signing in: in memory, so that a restart ends sign-in sessions but not tokens, which are
 * JWTs. The shape is oidc-provider's adapter interface (a constructor called with the model's name).
 */
export function sessionAdapter(): new (model: string) => object {
  const kept = new Map<string, { payload: Payload; until: number }>();
  const read = (key: string): Payload | undefined => {
    const found = kept.get(key);
    return found && found.until > Date.now() ? found.payload : undefined;
  };
  const sweep = () => {
    for (const [key, { until }] of kept) if (until <= Date.now()) kept.delete(key);
  };
  const findBy = (model: string, name: 'uid' | 'userCode', value: string): Payload | undefined => {
    for (const [key, { payload, until }] of kept) if (key.startsWith(`${model}:`) && payload[name] === value && until > Date.now()) return payload;
    return undefined;
  };
  return class {
    readonly #model: string;

    constructor(model: string) {
      this.#model = model;
    }

    async upsert(id: string, payload: Payload, expiresIn: number): Promise<void> {
      if (kept.size >= sweepAt) sweep();
      kept.set(`${this.#model}:${id}`, { payload, until: Date.now() + expiresIn * 1000 });
    }

    async find(id: string): Promise<Payload | undefined> {
      return read(`${this.#model}:${id}`);
    }

    async findByUid(uid: string): Promise<Payload | undefined> {
      return findBy(this.#model, 'uid', uid);
    }

    async findByUserCode(userCode: string): Promise<Payload | undefined> {
      return findBy(this.#model, 'userCode', userCode);
    }

    async consume(id: string): Promise<void> {
      const payload = read(`${this.#model}:${id}`);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    }

    async destroy(id: string): Promise<void> {
      kept.delete(`${this.#model}:${id}`);
    }

    async revokeByGrantId(grantId: string): Promise<void> {
      // Of this model only: who changes persons ends the old session while an interaction still names its grant.
      for (const [key, { payload }] of kept) if (key.startsWith(`${this.#model}:`) && payload.grantId === grantId) kept.delete(key);
    }
  };
}

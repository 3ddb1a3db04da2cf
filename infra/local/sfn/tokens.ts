import { createHmac, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Database } from './database.ts';

/** What a task token stands for: one try of one Task. */
export interface TokenTarget {
  readonly execution: number;
  readonly frame: number;
  readonly nonce: string;
}

/** Makes and reads task tokens. They carry their target and a signature, so nothing is kept for them and none can be made up. */
export interface Tokens {
  make(target: TokenTarget): string;
  /** The target, or undefined for a text that was not made here. */
  read(token: string): TokenTarget | undefined;
}

/** Opens the tokens of a database; its secret is made once. */
export function openTokens(db: Database): Tokens {
  // As an object: a key of plain bytes is looked at anew for each token, which costs more than the signature.
  const secret = createSecretKey(secretOf(db));
  const sign = (body: string) => createHmac('sha256', secret).update(body).digest();
  return {
    make: ({ execution, frame, nonce }) => {
      const body = `${execution}.${frame}.${nonce}`;
      return `AQC${Buffer.concat([sign(body), Buffer.from(body)]).toString('base64')}`;
    },
    read: (token) => {
      if (!/^AQC[A-Za-z0-9+/]+=*$/.test(token)) return undefined;
      const bytes = Buffer.from(token.slice(3), 'base64');
      if (bytes.length <= 32) return undefined;
      const body = bytes.subarray(32).toString();
      if (!timingSafeEqual(sign(body), bytes.subarray(0, 32))) return undefined;
      const [execution = '', frame = '', nonce = ''] = body.split('.');
      return { execution: Number(execution), frame: Number(frame), nonce };
    },
  };
}

function secretOf(db: Database): Buffer {
  const stored = db.get<{ value: string }>("SELECT value FROM settings WHERE name = 'token-secret'");
  if (stored) return Buffer.from(stored.value, 'hex');
  const secret = randomBytes(32);
  db.run("INSERT INTO settings (name, value) VALUES ('token-secret', ?)", secret.toString('hex'));
  return secret;
}

import type { Clock } from '../clock.ts';
import type { Authorize } from '../iam/authorize.ts';
import { accessDenied, denialOf, signerOf, type JsonAnswer, type JsonRequest } from '../iam/json-gate.ts';
import type { Known, Need, Place } from '../iam/need.ts';
import type { JsonService } from '../iam/requests.ts';
import type { KeyStore } from '../iam/sigv4.ts';

/** Checks who calls a local AWS endpoint and whether their role allows it. */
export interface Guard {
  /** The refusal of a JSON-protocol call, undefined when it may go on. */
  refuse(request: JsonRequest, service: JsonService, operation: string): JsonAnswer | undefined;
  /** The same for a call whose permission is known already. */
  refuseNeeds(request: JsonRequest, service: string, needs: readonly Need[]): JsonAnswer | undefined;
}

/** Opens the guard of test mode: signatures count, and a role does only what the template allows it. */
export function openGuard(keys: KeyStore, clock: Clock, authorize: Authorize, place: Place, known: Known): Guard {
  const endpoint = (service: string) => ({ service, region: place.region, keys, clock });
  return {
    refuse: (request, service, operation) => {
      const signer = signerOf(request, endpoint(service));
      if ('refusal' in signer) return signer.refusal;
      const asked = { principal: signer.principal, service, operation, body: parsed(request.body) };
      return denialOf(asked, authorize, place, known);
    },
    refuseNeeds: (request, service, needs) => {
      const signer = signerOf(request, endpoint(service));
      if ('refusal' in signer) return signer.refusal;
      for (const need of needs) {
        const verdict = authorize({ principal: signer.principal, ...need });
        if (!verdict.allowed) return accessDenied(verdict.reason);
      }
      return undefined;
    },
  };
}

/** A body that is not a JSON object asks for nothing; the service itself says what is wrong with it. */
function parsed(body: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

import { createHmac } from 'node:crypto';
import type { Delivery } from '../store/deliveries.ts';
import type { Sender } from './send.ts';

/** Where notices go for the government's own gateway (SMS, 企业微信): its address, and the secret that signs what we send. */
export interface WebhookSetup {
  readonly url: string;
  readonly secret: string;
}

const timeoutMs = 10_000;

/**
 * Posts deliveries as JSON. `x-guijing-signature` is `sha256=` and the HMAC-SHA-256 of `<x-guijing-timestamp>.<body>`; a repeat has the
 * same `x-guijing-delivery`. Any 2xx is taken; 408, 425, 429 and 5xx are tried again; a redirect is not followed.
 */
export function webhookSender({ url, secret }: WebhookSetup, now: () => number = Date.now): Sender {
  return async (delivery) => {
    const body = JSON.stringify(bodyOf(delivery));
    const timestamp = String(Math.floor(now() / 1000));
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { 'content-type': 'application/json; charset=utf-8', 'x-guijing-delivery': delivery.id, 'x-guijing-timestamp': timestamp, 'x-guijing-signature': signatureOf(secret, timestamp, body) },
      body,
    });
    await response.body?.cancel();
    const { status } = response;
    if (status >= 200 && status < 300) return { outcome: 'taken', said: `HTTP ${status}` };
    const mayPass = status >= 500 || [408, 425, 429].includes(status);
    return { outcome: mayPass ? 'failed' : 'refused', said: `HTTP ${status}` };
  };
}

/** The signature of a body sent at a time (epoch seconds), as the receiver computes it. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

function bodyOf({ id, notice, to, text }: Delivery): Record<string, unknown> {
  return { delivery: id, ...notice, ...(text === undefined ? {} : { text }), to: to.map(({ person, name }) => ({ person, name })) };
}

import { act, type Desk } from '../cases/act.ts';
import { loadCase } from '../store/load.ts';
import { deliveredWrite, dropMessage, messagesOf, type Message } from '../store/outbox.ts';
import { systemActor } from '../store/people.ts';
import { Conflict } from '../store/save.ts';

const tries = 10;

/**
 * Carries a message out on the case it is for, in the transaction that takes it out of the outbox: exactly once, however often
 * this runs. A refusal is final (the receiver has moved past it): the message is dropped and the log says so.
 */
export async function deliver(desk: Desk, message: Message): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const head = await loadCase(desk.table, message.to);
    if (!head) return dropped(desk, message, 'there is no such case');
    try {
      const command = { type: message.command, args: message.args };
      const request = { key: `tell:${message.from}:${message.n}:${message.line}`, digest: '' };
      const done = await act(desk, head, { actor: systemActor, command, request, further: [deliveredWrite(desk.table, message)] });
      return done.ok ? undefined : await dropped(desk, message, `${done.problem}: ${done.detail}`);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      if (await isDelivered(desk, message)) return undefined;
      if (attempt === tries) throw error;
    }
  }
}

async function isDelivered(desk: Desk, message: Message): Promise<boolean> {
  return !(await messagesOf(desk.table, message.from, message.n)).some(({ n, line }) => n === message.n && line === message.line);
}

async function dropped(desk: Desk, message: Message, reason: string): Promise<void> {
  console.warn(JSON.stringify({ message: 'dropped', from: message.from, n: message.n, to: message.to, command: message.command, reason }));
  await dropMessage(desk.table, message);
}

import { afterEach, expect, test, vi } from 'vitest';
import type { StreamReader, StreamRecord } from '../../../infra/local/dynamodb/stream.ts';
import { openEventSource } from '../../../infra/local/lambda/event-source.ts';
import type { Functions } from '../../../infra/local/lambda/functions.ts';
import type { EventSourceModel } from '../../../infra/local/template/model.ts';

const model: EventSourceModel = {
  id: 'Relay', functionArn: 'relay', sourceArn: 'stream', batchSize: 25, windowSeconds: 0, filters: [{ eventName: ['INSERT'] }], reportsItemFailures: false, bisects: false,
  retries: -1, maxRecordAgeSeconds: -1, lanes: 10, onFailure: undefined, startingPosition: 'TRIM_HORIZON', enabled: true,
};

const record = (number: number): StreamRecord => ({
  eventID: `e-${number}`, eventName: number % 4 === 0 ? 'INSERT' : 'MODIFY', dynamodb: { Keys: { pk: { S: `C#${number % 7}` } }, SequenceNumber: String(number) },
});

/** A stream of `length` records, numbered from 1, that notes how many were taken at once. */
function streamOf(length: number): StreamReader & { readonly pages: number[] } {
  let at = 0;
  const pages: number[] = [];
  return {
    pages,
    from: (position) => void (at = position === 'TRIM_HORIZON' ? 0 : Number(position)),
    next: async (limit) => {
      const page = Array.from({ length: Math.min(limit, length - at) }, (_, index) => record(at + index + 1));
      at += page.length;
      pages.push(page.length);
      return page;
    },
    newest: async () => String(length),
  };
}

/** Functions that note which records they were handed; `waiting` invocations wait for a thread. */
function takers(taken: number[], waiting = 0): Functions {
  return {
    invoke: async (_arn, event) => {
      const { Records } = JSON.parse(event) as { Records: readonly StreamRecord[] };
      taken.push(...Records.map(({ dynamodb }) => Number(dynamodb.SequenceNumber)));
      return { payload: 'null' };
    },
    model: () => undefined,
    busy: () => 0,
    waiting: () => waiting,
    counts: () => ({}),
    threads: () => ({}),
    close: async () => undefined,
  };
}

afterEach(() => void vi.useRealTimers());

test.each([
  { waiting: 0, looks: 15, as: 'as soon as the last look is fifteen milliseconds ago' },
  { waiting: 1, looks: 2, as: 'four times a second while somebody waits for a thread' },
])('a stream that is written to all the time is looked at $as', async ({ waiting, looks }) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const stream = streamOf(0);
  const source = await openEventSource(model, stream, {
    clock: { now: () => 0 }, functions: takers([], waiting), position: () => undefined, setPosition: () => undefined, giveUp: () => undefined,
  });
  for (let ms = 0; ms < 250; ms += 1) {
    source.nudge();
    await vi.advanceTimersByTimeAsync(1);
  }
  expect(stream.pages.length).toBeGreaterThanOrEqual(looks);
  expect(stream.pages.length).toBeLessThanOrEqual(looks + 3);
  await source.stop();
});

test('a stream that was slow once is looked at again within a quarter of a second', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const { pages, next, ...stream } = streamOf(0);
  const slowOnce = async (limit: number): Promise<readonly StreamRecord[]> => {
    if (pages.length === 0) await new Promise((resolve) => setTimeout(resolve, 5000));
    return next(limit);
  };
  const source = await openEventSource(model, { ...stream, next: slowOnce }, {
    clock: { now: () => 0 }, functions: takers([]), position: () => undefined, setPosition: () => undefined, giveUp: () => undefined,
  });
  await vi.advanceTimersByTimeAsync(5000);
  source.nudge();
  await vi.advanceTimersByTimeAsync(250);
  expect(pages.length).toBeGreaterThanOrEqual(2);
  await source.stop();
});

test('a backlog of any length is read in short pages, to its last record and each once', async () => {
  const stream = streamOf(3_001);
  const taken: number[] = [];
  const positions = new Map<string, string>();
  const source = await openEventSource(model, stream, {
    clock: { now: () => 0 },
    functions: takers(taken),
    position: (key) => positions.get(key),
    setPosition: (key, position) => void positions.set(key, position),
    giveUp: () => undefined,
  });
  await source.drain();
  await source.stop();
  // What a page holds is in memory as text and as objects at once; a thousand records at a time were most of what the cloud’s heap grew by.
  expect(Math.max(...stream.pages)).toBeLessThanOrEqual(250);
  expect(taken.toSorted((left, right) => left - right)).toEqual(Array.from({ length: 750 }, (_, index) => (index + 1) * 4));
  expect([...positions.values()]).toEqual(['3001']);
});

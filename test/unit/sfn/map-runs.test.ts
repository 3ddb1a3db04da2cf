import { afterEach, describe, expect, it } from 'vitest';
import { type Bench, FunctionError, invoke, machine, openBench } from '../../harness/step-functions.ts';

let bench: Bench;

afterEach(() => bench.service.close());

/** A distributed Map whose items go to a test function. */
const distributed = (name: string, more: object = {}) => ({
  Type: 'Map',
  Label: 'Batch',
  ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...machine({ Each: invoke(name, { End: true }) }) },
  End: true,
  ...more,
});

const reader = (more: object = {}) => ({
  ItemReader: { Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: { InputType: 'JSON', ...more }, Arguments: { Bucket: 'b', Key: '{% $states.input.key %}' } },
});

function open(): void {
  bench = openBench({
    echo: (payload) => payload,
    odd: (payload) => {
      if ((payload as number) % 2 === 1) throw new FunctionError('Odd');
      return payload;
    },
  });
}

const counts = (succeeded: number, failed = 0) => ({ succeeded, failed, pending: 0, running: 0, total: succeeded + failed });

describe('a distributed Map', () => {
  it('runs its items as executions of their own and joins their outputs in order', async () => {
    open();
    const told = await bench.run(machine({ M: distributed('echo', { Items: '{% [1, 2, 3] %}' }) }));
    expect(told.output).toEqual([1, 2, 3]);
    expect(told.events.map(({ id, previousEventId, type }) => `${id}<-${previousEventId} ${type}`)).toEqual([
      '1<-0 ExecutionStarted', '2<-0 MapStateEntered', '3<-2 MapStateStarted', '4<-3 MapRunStarted', '5<-4 MapRunSucceeded', '6<-5 MapStateSucceeded', '7<-4 MapStateExited', '8<-7 ExecutionSucceeded',
    ]);
    const { mapRuns } = await bench.call<{ mapRuns: { mapRunArn: string; stateMachineArn: string }[] }>('ListMapRuns', { executionArn: told.arn });
    const mapRunArn = mapRuns[0]?.mapRunArn ?? '';
    expect(mapRunArn).toMatch(/^arn:aws:states:ap-southeast-1:111111111111:mapRun:machine-1\/Batch:/);
    expect(await bench.call('DescribeMapRun', { mapRunArn })).toMatchObject({ status: 'SUCCEEDED', itemCounts: counts(3), executionCounts: counts(3) });
    const { executions } = await bench.call<{ executions: { executionArn: string; itemCount: number }[] }>('ListExecutions', { mapRunArn });
    expect(executions).toHaveLength(3);
    const child = await bench.tell(executions[0]?.executionArn ?? '');
    expect(child.types).toEqual(['ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskSucceeded', 'TaskStateExited', 'ExecutionSucceeded']);
    expect(await bench.call('DescribeStateMachineForExecution', { executionArn: child.arn })).toMatchObject({ mapRunArn, label: 'Batch' });
  });

  it('reads a JSON list from S3, batches it with BatchInput, and selects what each item becomes', async () => {
    open();
    bench.objects.set('b/list.json', JSON.stringify([10, 20, 30, 40, 50]));
    const told = await bench.run(machine({ M: distributed('echo', {
      ...reader({ MaxItems: 4 }),
      ItemSelector: { i: '{% $states.context.Map.Item.Index %}', v: '{% $states.context.Map.Item.Value %}' },
      ItemBatcher: { MaxItemsPerBatch: 3, BatchInput: { of: '{% $states.input.key %}' } },
    }) }), { key: 'list.json' });
    expect(told.output).toEqual([
      { BatchInput: { of: 'list.json' }, Items: [{ i: 0, v: 10 }, { i: 1, v: 20 }, { i: 2, v: 30 }] },
      { BatchInput: { of: 'list.json' }, Items: [{ i: 3, v: 40 }] },
    ]);
    expect(told.events[2]).toMatchObject({ type: 'MapStateStarted', mapStateStartedEventDetails: { length: 0 } });
  });

  it('keeps batches within MaxInputBytesPerBatch', async () => {
    open();
    const items = Array.from({ length: 20 }, (_, index) => `item ${index}`.padEnd(40, '.'));
    const told = await bench.run(machine({ M: distributed('echo', { Items: items, ItemBatcher: { MaxInputBytesPerBatch: 200 } }) }));
    const batches = told.output as { Items: string[] }[];
    expect(batches.flatMap(({ Items }) => Items)).toEqual(items);
    expect(Math.max(...batches.map((batch) => JSON.stringify(batch).length))).toBeLessThanOrEqual(200);
  });

  it.each([
    ['JSONL', '{"a":1}\n{"a":2}\n', {}, [{ a: 1 }, { a: 2 }]],
    ['CSV', 'a,b\r\n1,"x, ""y"""\n2,\n', { CSVHeaderLocation: 'FIRST_ROW' }, [{ a: '1', b: 'x, "y"' }, { a: '2', b: '' }]],
    ['CSV', '1;2\n3;4', { CSVHeaderLocation: 'GIVEN', CSVHeaders: ['p'], CSVDelimiter: 'SEMICOLON' }, [{ p: '1' }, { p: '3' }]],
  ])('reads %s', async (InputType, text, config, items) => {
    open();
    bench.objects.set('b/k', text);
    expect((await bench.run(machine({ M: distributed('echo', reader({ InputType, ...config })) }), { key: 'k' })).output).toEqual(items);
  });

  it.each([
    ['{"no":"list"}', 'Attempting to map over non-iterable node.'],
    ['not json', /^The object is not valid JSON/],
  ])('fails with States.ItemReaderFailed when the object is %s', async (text, cause) => {
    open();
    bench.objects.set('b/k', text);
    const told = await bench.run(machine({ M: distributed('echo', reader()) }), { key: 'k' });
    expect(told.error).toBe('States.ItemReaderFailed');
    expect(told.cause).toMatch(cause);
    expect(told.types.slice(3)).toEqual(['MapRunStarted', 'MapRunFailed', 'MapStateFailed', 'ExecutionFailed']);
  });

  it('takes a MaxItems over the limit of AWS for none', async () => {
    open();
    bench.objects.set('b/k', '[1, 2]');
    expect((await bench.run(machine({ M: distributed('echo', reader({ InputType: 'JSON', MaxItems: 100_000_001 })) }), { key: 'k' })).output).toEqual([1, 2]);
  });

  it('never runs more children at a time than MaxConcurrency', async () => {
    const waiting: (() => void)[] = [];
    let most = 0;
    // Nobody goes on before four are there, and a fifth would have had its chance to come by then.
    const slow = async () => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 4) setImmediate(() => setImmediate(() => {
          most = Math.max(most, waiting.length);
          for (const release of waiting.splice(0)) release();
        }));
      });
    };
    bench = openBench({ slow });
    await bench.run(machine({ M: distributed('slow', { Items: Array.from({ length: 32 }, (_, index) => index), MaxConcurrency: 4 }) }));
    expect(most).toBe(4);
  });

  it('fails when more items fail than tolerated, and not before', async () => {
    open();
    const items = [0, 1, 2, 3];
    const strict = await bench.run(machine({ M: distributed('odd', { Items: items, ToleratedFailureCount: 1 }) }));
    expect(strict).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
    const lenient = await bench.run(machine({ M: distributed('odd', { Items: items, ToleratedFailurePercentage: 50 }) }));
    expect(lenient.status).toBe('SUCCEEDED');
    expect(lenient.output).toMatchObject([0, { Error: 'Odd' }, 2, { Error: 'Odd' }]);
  });

  it('writes results and a manifest to S3', async () => {
    open();
    const writer = { ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Arguments: { Bucket: 'out', Prefix: 'jobs' } } };
    const told = await bench.run(machine({ M: distributed('odd', { Items: [1, 2], ToleratedFailureCount: 1, ...writer }) }));
    const { MapRunArn, ResultWriterDetails } = told.output as { MapRunArn: string; ResultWriterDetails: { Bucket: string; Key: string } };
    expect(ResultWriterDetails).toEqual({ Bucket: 'out', Key: `jobs/${MapRunArn.split(':').at(-1) ?? ''}/manifest.json` });
    const manifest = JSON.parse(bench.objects.get(`out/${ResultWriterDetails.Key}`) ?? '') as { ResultFiles: Record<string, { Key: string; Size: number }[]> };
    const [succeeded] = manifest.ResultFiles.SUCCEEDED ?? [];
    const [failed] = manifest.ResultFiles.FAILED ?? [];
    expect(succeeded?.Key).toMatch(/\/SUCCEEDED_0\.json$/);
    expect(JSON.parse(bench.objects.get(`out/${succeeded?.Key ?? ''}`) ?? '')).toMatchObject([{ Input: '2', Output: '2', Status: 'SUCCEEDED' }]);
    expect(JSON.parse(bench.objects.get(`out/${failed?.Key ?? ''}`) ?? '')).toMatchObject([{ Input: '1', Error: 'Odd', Status: 'FAILED' }]);
  });

  it('is taken up again by a redrive: only the failed items run again', async () => {
    let isBroken = true;
    const seen: unknown[] = [];
    bench = openBench({
      flaky: (payload) => {
        seen.push(payload);
        if (isBroken && payload === 2) throw new FunctionError('Down');
        return payload;
      },
    });
    const arn = await bench.start(await bench.create(machine({ M: distributed('flaky', { Items: [1, 2], MaxConcurrency: 1 }) })));
    await bench.service.idle();
    expect((await bench.tell(arn)).status).toBe('FAILED');
    isBroken = false;
    await bench.call('RedriveExecution', { executionArn: arn });
    await bench.service.idle();
    const told = await bench.tell(arn);
    expect(told).toMatchObject({ status: 'SUCCEEDED', output: [1, 2] });
    expect(seen).toEqual([1, 2, 2]);
    expect(told.types).toContain('MapRunRedriven');
  });

  it('ends with its parent', async () => {
    open();
    const definition = machine({ M: { ...distributed('echo'), Items: [1, 2], ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...machine({ W: { Type: 'Wait', Seconds: 60, End: true } }) } } });
    const arn = await bench.start(await bench.create(definition));
    await bench.service.idle();
    const { mapRuns } = await bench.call<{ mapRuns: { mapRunArn: string }[] }>('ListMapRuns', { executionArn: arn });
    await bench.call('StopExecution', { executionArn: arn });
    await bench.service.idle();
    const { mapRunArn } = mapRuns[0] ?? {};
    expect(await bench.call('DescribeMapRun', { mapRunArn })).toMatchObject({ status: 'ABORTED', itemCounts: { aborted: 2 } });
    expect(bench.service.nextDue()).toBeUndefined();
  });
});

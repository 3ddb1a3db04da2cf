import { freshTable, startDynoxide } from '../../harness/dynoxide.ts';
import { recordsContract } from './records-contract.ts';

recordsContract('dynoxide', true, async () => {
  const engine = await startDynoxide();
  return { table: await freshTable(engine.endpoint, 'records'), stop: () => engine.stop() };
});

import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { describe, it } from 'vitest';
import { answers, end, freePort, freshTable } from '../../harness/dynoxide.ts';
import { recordsContract } from './records-contract.ts';

/** Where DynamoDB Local lies, when the npm package that carries its jar is installed and Java is there to run it. */
function dynamoDbLocal(): string | undefined {
  try {
    const folder = join(dirname(createRequire(import.meta.url).resolve('amplify-dynamodb-simulator/package.json')), 'emulator');
    const hasJava = spawnSync('java', ['-version'], { stdio: 'ignore' }).status === 0;
    return hasJava && existsSync(join(folder, 'DynamoDBLocal.jar')) ? folder : undefined;
  } catch {
    return undefined; // the package is not installed
  }
}

const folder = dynamoDbLocal();

if (folder === undefined) {
  describe('records on DynamoDB Local', () => {
    it.skip('is skipped: it needs Java and the npm package amplify-dynamodb-simulator', () => undefined);
  });
} else {
  recordsContract('DynamoDB Local', false, async () => {
    const port = await freePort();
    const java = spawn('java', [`-Djava.library.path=${join(folder, 'DynamoDBLocal_lib')}`, '-jar', join(folder, 'DynamoDBLocal.jar'), '-inMemory', '-port', String(port)], { cwd: folder, stdio: 'ignore' });
    const endpoint = `http://127.0.0.1:${port}`;
    await answers(endpoint, java, 3000);
    return { table: await freshTable(endpoint, 'records'), stop: () => end(java) };
  });
}

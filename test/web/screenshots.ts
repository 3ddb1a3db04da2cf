import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startConsole, type TestConsole } from './console.ts';
import { fillCloud, openPicture, pictures, widths, type Picture } from './pictures.ts';

// Pictures of every page in two widths, for people to look at; `-- --only case,desk` takes those whose names begin so.
const folder = join(import.meta.dirname, '../../test-output/screenshots');
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;

async function main(): Promise<void> {
  const shown = await startConsole();
  try {
    if (only === undefined) rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const wanted = pictures(await fillCloud(shown)).filter(({ name }) => only === undefined || only.split(',').some((begin) => name.startsWith(begin)));
    for (const [width, viewport] of Object.entries(widths)) for (const one of wanted) await take(shown, one, width, viewport);
    console.log(`${wanted.length * 2} pictures in ${folder}`);
  } finally {
    await shown.close();
  }
}

async function take(of: TestConsole, picture: Picture, width: string, viewport: { width: number; height: number }): Promise<void> {
  const page = await openPicture(of, picture, { viewport });
  await page.screenshot({ path: join(folder, `${picture.name}-${width}.png`), fullPage: true });
  await page.context().close();
}

await main();

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fileSocial, select } from '../demo/chapters.ts';
import { startConsole, type TestConsole } from './console.ts';
import { widths } from './pictures.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
const pictures = join(import.meta.dirname, '../../test-output/screenshots');

let shown: TestConsole;
let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  shown = await startConsole();
  folder = mkdtempSync(join(tmpdir(), 'guijing-verifier-'));
  mkdirSync(pictures, { recursive: true });
  const social = await fileSocial(shown.story);
  await select(shown.story, social, false);
  for (const [name, person] of [['whole.json', 'li-ning'], ['partial.json', 'qin-hai']] as const) await save(name, person, social);
  const bytes = readFileSync(at('whole.json'));
  const place = bytes.indexOf('"amountFen"') > 0 ? bytes.indexOf('"amountFen"') + 13 : Math.floor(bytes.length / 2);
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  writeFileSync(at('changed.json'), bytes);
  // The page as somebody keeps it: saved once, opened from the disk.
  writeFileSync(at('verifier.html'), await (await fetch(`${shown.cloud.endpoints.api}/verifier.html`)).text());
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await shown.close();
});

async function save(name: string, person: string, path: string): Promise<void> {
  const page = await shown.as(person);
  const token = await page.evaluate(`Object.values(sessionStorage).concat(Object.values(localStorage)).join(' ').match(/eyJ[\\w.-]+/)[0]`);
  const answer = await fetch(`${shown.cloud.endpoints.api}${path}/case-file`, { headers: { authorization: `Bearer ${String(token)}` } });
  expect(answer.status).toBe(200);
  writeFileSync(at(name), Buffer.from(await answer.arrayBuffer()));
  await page.context().close();
}

/** The page from the disk, without a network, with a case file chosen. */
async function verify(name: string, viewport: { width: number; height: number } = widths.wide): Promise<Page> {
  const page = await shown.browser.window({ viewport, offline: true });
  await page.goto(pathToFileURL(at('verifier.html')).href);
  await page.locator('#file').setInputFiles(at(name));
  await page.locator('#result h2').waitFor();
  return page;
}

it('proves an export whole without a network, and replays it on its statechart', async () => {
  const page = await verify('whole.json');
  expect(await page.locator('#result h2').textContent()).toBe('案卷完整，没有改动');
  expect(await page.locator('.checks .bad').count()).toBe(0);
  const step = page.locator('.step');
  const last = await step.textContent();
  await page.getByRole('slider').fill('1');
  expect(await step.textContent()).toMatch(/^第 1 步，共 \d+ 步：已建立 .*此后在：/);
  await page.getByRole('button', { name: '下一步' }).click();
  expect(await step.textContent()).toMatch(/^第 2 步/);
  await page.getByRole('slider').press('End');
  expect(await step.textContent()).toBe(last);
  // Where the case stands is painted in the picture.
  const painted = await page.locator('.chart g[data-leaf] rect').evaluateAll((boxes) => boxes.filter((box) => getComputedStyle(box as never).strokeWidth === '3px').length);
  expect(painted).toBeGreaterThan(0);
  await page.context().close();
});

it('proves an export of somebody whom the review is blind to, and says how much it could not show', async () => {
  const page = await verify('partial.json');
  expect(await page.locator('#result').textContent()).toMatch(/案卷完整，没有改动.*其中 \d+ 条对导出人不公开/s);
  await page.context().close();
});

it('says what is wrong with an export of which one byte was changed', async () => {
  const page = await verify('changed.json');
  expect(await page.locator('#result h2').textContent()).toBe('案卷不完整或已被改动');
  expect(await page.locator('.checks .bad').count()).toBeGreaterThan(0);
  await page.context().close();
});

it('tells the paper of a case from another', async () => {
  const page = await verify('whole.json');
  const list = (JSON.parse(readFileSync(at('whole.json'), 'utf8')) as { attachments: { name: string }[] }).attachments;
  expect(list.length).toBeGreaterThan(0);
  writeFileSync(at('other.pdf'), 'not a paper of this case');
  await page.locator('#attachment').setInputFiles(at('other.pdf'));
  await page.getByText('不是案卷登记的任何一份附件').waitFor();
  await page.context().close();
});

it.each(Object.entries(widths))('has nothing that axe finds serious and nothing wider than the page (%s)', async (width, viewport) => {
  for (const name of ['whole', 'changed']) {
    const page = await verify(`${name}.json`, viewport);
    await page.screenshot({ path: join(pictures, `verifier-${name}-${width}.png`), fullPage: true });
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.context().close();
    const tested = await shown.browser.window({ viewport, bypassCSP: true });
    await tested.goto(pathToFileURL(at('verifier.html')).href);
    await tested.locator('#file').setInputFiles(at(`${name}.json`));
    await tested.locator('#result h2').waitFor();
    await tested.evaluate(axe);
    const found = await tested.evaluate(`axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) => violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => id + nodes[0].html.slice(0, 150)))`);
    expect(found).toEqual([]);
    await tested.context().close();
  }
  expect(shown.browser.failures).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startConsole, type TestConsole } from './console.ts';
import { fillCloud, noCases, openPicture, pictures, widths, type Picture } from './pictures.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
const names = pictures(noCases).map(({ name }) => name).filter((name) => name !== 'chooser');

let shown: TestConsole;
let all: readonly Picture[];
beforeAll(async () => {
  shown = await startConsole();
  all = pictures(await fillCloud(shown));
});
afterAll(() => shown.close());

/** On a desk by day, on a phone, and by night. */
const looks = [{ viewport: widths.wide }, { viewport: widths.phone }, { viewport: widths.wide, colorScheme: 'dark' }] as const;

interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe finds serious or worse, by rule, with the first place of each. */
async function serious(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const findings = (await page.evaluate(`axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((result) => result.violations)`)) as readonly Finding[];
  return findings.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary?.slice(0, 200)}`);
}

it.each(names)('%s: axe finds nothing serious, nothing is wider than a phone, no script fails', async (name) => {
  const picture = all.find((one) => one.name === name);
  if (!picture) throw new Error(`no picture ${name}`);
  for (const options of looks) {
    const page = await openPicture(shown, picture, options);
    expect(await serious(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(shown.browser.failures).toEqual([]);
    await page.context().close();
  }
});

it('a case prints without the frame around it', async () => {
  const picture = all.find((one) => one.name === 'case-form');
  const page = await openPicture(shown, picture as Picture, { viewport: widths.wide });
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('banner').isVisible()).toBe(false);
  expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
  expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
  await page.context().close();
});

it('what waits for a person of another role is not on the page of an applicant', async () => {
  const page = await openPicture(shown, all.find((one) => one.name === 'todo-applicant') as Picture, { viewport: widths.wide });
  expect(await page.getByRole('navigation', { name: '主导航' }).getByText('发布批次').count()).toBe(0);
  expect(await page.getByRole('navigation', { name: '主导航' }).getByText('新建申报').count()).toBe(1);
  await page.context().close();
});

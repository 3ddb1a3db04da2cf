import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { organisations } from '../../infra/local/seed/people.ts';
import { argumentLabels, choiceLabels } from '../../machines/labels-of-arguments.zh.ts';
import { accountLabels, commandLabels, conflictLabels, lifecycleLabels, roleLabels } from '../../machines/labels.zh.ts';
import { scenarioStates } from '../../machines/state-labels.zh.ts';
import { attachmentParts } from '../../shared/contracts/attachments.ts';
import { departments } from '../../shared/sectors.ts';
import { english } from '../../web/words/english.ts';
import { startConsole, type TestConsole } from './console.ts';
import { fillCloud, noCases, openPicture, pictures, widths, type Picture } from './pictures.ts';

let shown: TestConsole;
let all: readonly Picture[];
beforeAll(async () => {
  shown = await startConsole();
  all = pictures(await fillCloud(shown));
});
afterAll(() => shown.close());

const names = pictures(noCases).map(({ name }) => name).filter((name) => name !== 'chooser');

/** Every Chinese text that a page may have of its own: the texts that have English words (their places filled with anything), and the names of what the domain has English ids for. */
const texts = Object.keys(english).filter((text) => /\p{Script=Han}/u.test(text.replaceAll(/\{\w+\}/g, '')));
const labels = [roleLabels, commandLabels, lifecycleLabels, accountLabels, conflictLabels, scenarioStates, argumentLabels, ...Object.values(choiceLabels)].flatMap((names_) => Object.values(names_ as Readonly<Record<string, string>>));
const exact = new Set([...texts, ...labels, ...Object.values(attachmentParts).map(({ title }) => title)]);
/** Names that come with the data and read like texts of ours: of organisations and departments, and those that the API gives to what has none. */
const isName = (text: string): boolean => organisations.some(({ name }) => name === text) || departments.some(({ short }) => short === text) || /^(未命名场景|\d{4}-H[12] 批次清单)$/.test(text);
const filled = texts.filter((text) => text.includes('{')).map((text) => new RegExp(`^${text.split(/\{\w+\}/).map((part) => part.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`)).join('[^：，。；（）]*')}$`, 'u'));

/** What a page says: its texts, and the names and hints of what is on it. Charts are the programme's own pictures, prints its own papers. */
const everything = `[...document.querySelectorAll('body *')].filter((node) => !node.closest('.chart svg, script, style')).flatMap((node) => [
  ...[...node.childNodes].filter((child) => child.nodeType === 3).map((child) => child.nodeValue),
  ...['aria-label', 'title', 'placeholder', 'alt', 'data-head', 'label'].map((name) => node.getAttribute(name)),
]).concat(document.title).filter(Boolean).map((text) => text.trim())`;

async function chineseOf(page: Page): Promise<string[]> {
  const said = (await page.evaluate(everything)) as string[];
  return [...new Set(said.filter((text) => /\p{Script=Han}/u.test(text) && !isName(text) && (exact.has(text) || filled.some((form) => form.test(text)))))];
}

it.each(names)('%s: read in English, the page says nothing of its own in Chinese', async (name) => {
  const { before: _before, ...picture } = all.find((one) => one.name === name) as Picture;
  const page = await openPicture(shown, picture, { viewport: widths.wide });
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('navigation', { name: 'Main navigation' }).waitFor();
  await page.waitForLoadState('networkidle');
  await page.locator('h1').first().waitFor();
  await expect.poll(() => page.getByRole('status', { name: /^Reading/ }).count()).toBe(0);
  expect(await chineseOf(page)).toEqual(meant[name] ?? []);
  expect(shown.browser.failures).toEqual([]);
  await page.context().close();
});

/** Data that reads like a text of ours, by picture. */
const title = '广西数字应用场景建设管理办法（征求意见稿）';
const meant: Readonly<Record<string, readonly string[]>> = { 'what-if': [title], 'what-if-result': [title] };

import type { Page } from 'playwright-core';
import { startCloudProcess, type CloudProcess } from '../harness/cloud-process.ts';
import { Story } from '../demo/story.ts';
import { startBrowser, type TestBrowser } from './browser.ts';

/** The console of a cloud of its own, and a browser to look at it. */
export interface TestConsole {
  readonly cloud: CloudProcess;
  readonly browser: TestBrowser;
  readonly story: Story;
  /** The address of a page of the console. */
  at(path: string): string;
  /** A window in which a person has signed in, on a page of the console. */
  as(person: string, path?: string, options?: Parameters<TestBrowser['window']>[0]): Promise<Page>;
  close(): Promise<void>;
}

/** Starts a cloud over a folder of its own and a browser. */
export async function startConsole(): Promise<TestConsole> {
  const cloud = await startCloudProcess();
  const browser = await startBrowser();
  const at = (path: string): string => `${cloud.endpoints.api}/console${path === '/' ? '' : path}`;
  return {
    cloud, browser, at,
    story: new Story(cloud.endpoints),
    as: async (person, path = '/', options) => {
      const page = await browser.window(options);
      await page.goto(at(path));
      await page.locator('main').getByRole('button', { name: '登录' }).click();
      await choose(page, person);
      await page.waitForURL(at(path));
      return page;
    },
    close: async () => {
      await browser.close();
      await cloud.remove();
    },
  };
}

/** On the issuer's page: who to be. */
export async function choose(page: Page, person: string): Promise<void> {
  await page.locator(`button[value="${person}"]`).click();
}

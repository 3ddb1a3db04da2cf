import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as launcher, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const require = createRequire(import.meta.url);

/** A browser from npm packages alone: Chromium of @sparticuz/chromium, with the Chinese font that our prints use. */
export interface TestBrowser {
  /** A window of its own: nobody is signed in there. */
  window(options?: BrowserContextOptions): Promise<Page>;
  /** What scripts of any window failed with so far. */
  readonly failures: readonly string[];
  close(): Promise<void>;
}

/** Starts the browser. */
export async function startBrowser(): Promise<TestBrowser> {
  const fonts = fontFolder();
  const browser = await launch(fonts);
  const failures: string[] = [];
  return {
    failures,
    window: async (options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce', ...options });
      context.setDefaultTimeout(20_000);
      const page = await context.newPage();
      page.on('pageerror', (error) => failures.push(`${page.url()}: ${error.message}`));
      return page;
    },
    close: async () => {
      await browser.close();
      rmSync(fonts, { recursive: true, force: true });
    },
  };
}

async function launch(fonts: string): Promise<Browser> {
  const env = { ...process.env, FONTCONFIG_FILE: join(fonts, 'fonts.conf') } as Record<string, string>;
  return launcher.launch({ executablePath: await chromium.executablePath(), args: chromium.args.filter((arg) => !/^--(single-process|no-zygote)/.test(arg)), headless: true, env });
}

// Chromium brings no Chinese glyphs; fontconfig finds the package's files through a settings file of our own.
function fontFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'guijing-fonts-'));
  const chinese = dirname(require.resolve('@expo-google-fonts/noto-serif-sc/package.json'));
  writeFileSync(
    join(folder, 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${chinese}/400Regular</dir><dir>${chinese}/700Bold</dir><cachedir>${folder}/cache</cachedir>
<alias><family>system-ui</family><prefer><family>Noto Serif SC</family></prefer></alias></fontconfig>`,
  );
  return folder;
}

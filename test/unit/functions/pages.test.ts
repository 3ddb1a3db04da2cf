import { Script } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { docsPage } from '../../../functions/site/docs-page.ts';
import { scriptJson } from '../../../functions/site/html.ts';
import { readingPage } from '../../../infra/build/reading-page.ts';

/** The inline scripts of a page: what stands between its tags, with their attributes. */
const scriptsOf = (html: string) => [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)].map(([, attributes = '', text = '']) => ({ attributes, text })).filter(({ text }) => text !== '');

describe('the API page', () => {
  const html = docsPage('a-nonce');

  test('has one inline script, allowed by the nonce, that a browser can read', () => {
    const scripts = scriptsOf(html);
    expect(scripts.map(({ attributes }) => attributes.trim())).toEqual(['nonce="a-nonce"']);
    expect(() => new Script(scripts[0]?.text ?? '')).not.toThrow();
  });

  test('speaks Chinese, fits a phone, and loads nothing from elsewhere', () => {
    expect(html).toContain('<html lang="zh-CN">');
    expect(html).toContain('width=device-width');
    expect(html).not.toMatch(/(?:src|href)="https?:/);
  });
});

test('no value can end the script that it stands in', () => {
  expect(scriptJson({ text: '</script><script>' })).not.toContain('<');
});

describe('a derived page', () => {
  const { title, html } = readingPage('<!-- made -->\n\n# 手册\n\n见[权限](permissions.md)和[外部](https://example.org/a.md)。\n\n| a | b |\n|---|---|\n| 1 | 2 |\n', 'fallback');

  test('takes its title from the first heading, or the name of the file', () => {
    expect(title).toBe('手册');
    expect(readingPage('text', 'fallback').title).toBe('fallback');
  });

  test('lets wide tables scroll inside their frame, within reach of the keyboard', () => {
    expect(html).toMatch(/<div class="wide" tabindex="0"><table>[\s\S]+<\/table><\/div>/);
  });

  test('leads to pages instead of Markdown files, and leaves other addresses alone', () => {
    expect(html).toContain('href="permissions.html"');
    expect(html).toContain('href="https://example.org/a.md"');
  });
});

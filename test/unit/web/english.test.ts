import { describe, expect, it } from 'vitest';
import { argumentHints } from '../../../machines/labels-of-arguments.zh.ts';
import { english } from '../../../web/words/english.ts';
import { hastyCalls, sources, textsOf } from './texts.ts';

const texts = [...sources].flatMap(([file, source]) => textsOf(file, source));

/** Chinese that pages show as it is, and why. */
const meant: Readonly<Record<string, string>> = { 中文: 'the switch names each language in itself' };

// Texts of others that pages hand to `t`: what helps with an argument, and what the schemas of the forms say.
const lent = [...Object.values(argumentHints), '必填', '填写有误', '不符合任何一种允许的形式'];

describe('English', () => {
  it('reaches every text of a page: none is shown but through t', () => {
    const loose = texts.filter(({ place, text }) => place === 'loose' && !(text in meant));
    expect(loose.map(({ file, text }) => `${file}: ${text}`)).toEqual([]);
  });

  it('has a word for every text that a page asks for, now or later', () => {
    const asked = [...texts.filter(({ place }) => place !== 'loose').map(({ text }) => text), ...lent];
    expect([...new Set(asked)].filter((text) => english[text] === undefined)).toEqual([]);
  });

  it('is never asked for while a module is loaded: the words are not there yet', () => {
    expect([...sources].flatMap(([file, source]) => hastyCalls(file, source))).toEqual([]);
  });

  it('has no word that no page shows', () => {
    const known = new Set([...texts.map(({ text }) => text), ...lent]);
    expect(Object.keys(english).filter((text) => !known.has(text))).toEqual([]);
  });

  it('has no Chinese in a word, but for what is to be typed or quoted in Chinese', () => {
    const kept = ['{name}', '如：2026年下半年南宁市多跨数字应用场景清单'];
    expect(Object.entries(english).filter(([text, words]) => /\p{Script=Han}|[，。：；（）、]/u.test(words) && !kept.includes(text))).toEqual([]);
  });

  it('keeps the places that are filled in', () => {
    const places = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).toSorted();
    for (const [chinese, words] of Object.entries(english)) expect([chinese, places(words)]).toEqual([chinese, places(chinese)]);
  });
});

describe('the finder of texts', () => {
  it('tells a text that is shown from one that t is asked for, wherever it stands', () => {
    const source = `const table = { a: '表' }; function Page() { return <p title="题" id={\`第\${n}行\`}>文{t('问')}{t(ready ? '是' : '否')}{list.join('、')}{t('几', { of: '件' })}</p>; }`;
    const found = textsOf('page.tsx', source).map(({ text, place }) => `${place} ${text}`);
    expect(found.toSorted()).toEqual(['asked 几', 'asked 否', 'asked 是', 'asked 问', 'loose 、', 'loose 件', 'loose 文', 'loose 第', 'loose 行', 'loose 题', 'table 表'].toSorted());
  });

  it('finds a call that would come too early', () => {
    expect(hastyCalls('page.tsx', `const early = t('早'); const late = () => t('晚');`)).toEqual([`page.tsx: t('早')`]);
  });
});

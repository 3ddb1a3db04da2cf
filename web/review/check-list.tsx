import { Link } from 'react-router';
import type { CheckItem } from '../api/names.ts';
import { articleName } from '../words/names.ts';
import { t } from '../words/language.ts';

interface Props {
  readonly items: readonly CheckItem[];
  /** What a pointer is about, in words. */
  readonly words: (pointer: string) => string;
  /** Where a gap is mended; undefined where there is no such place. */
  readonly placeOf: (pointer: string) => string | undefined;
}

/** What a formal check found: what must be mended before what wants a second look, each with its place, its article and how to mend it. */
export function CheckList({ items, words, placeOf }: Props) {
  const must = items.filter(({ weight }) => weight === 'mustMend');
  const again = items.filter(({ weight }) => weight === 'lookAgain');
  return (
    <>
      {must.length === 0 && <p className="done">{t('✓ 没有缺项。')}</p>}
      {must.length > 0 && <Part title={t('必须补正 {count} 处', { count: must.length })} items={must} words={words} placeOf={placeOf} />}
      {again.length > 0 && <Part title={t('请再核对 {count} 处（不影响提交）', { count: again.length })} items={again} words={words} placeOf={placeOf} />}
    </>
  );
}

// Its name stands beside it: that it is required is enough, and has its word in each language.
function said({ pointer, sentence }: CheckItem): string {
  return t(pointer !== '' && /^请(?:填写|选择)“[^”]*”$/.test(sentence) ? '必填' : sentence);
}

function Part({ title, items, words, placeOf }: Props & { readonly title: string }) {
  return (
    <>
      <h3>{title}</h3>
      <ul className="errors">
        {items.map((item) => {
          const place = placeOf(item.pointer);
          const name = item.pointer === '' ? '' : words(item.pointer);
          return (
            <li key={item.pointer + item.sentence}>
              {name && (place ? <Link to={place}>{name}</Link> : name)}{name && t('：')}{said(item)} <span className="note">{articleName(item.article)}</span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

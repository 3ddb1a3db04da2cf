import { Alert, Button } from 'antd';
import { useState } from 'react';
import { pointerWords } from '../case/pointer-words.ts';
import { wordsOf } from '../revisions/change-table.tsx';
import { contestOf, type Conflict, type Whose } from './conflict.ts';
import type { FormPage } from './fields.ts';
import { t } from '../words/language.ts';

interface Props {
  readonly met: Conflict;
  readonly pages: readonly FormPage[];
  readonly onSettle: (whose: (pointer: string) => Whose) => void;
}

/** Two people changed the same places: both texts side by side, and for each place whose stays. What only one of them changed is kept either way. */
export function ConflictChoice({ met, pages, onSettle }: Props) {
  const [chosen, setChosen] = useState<Readonly<Record<string, Whose>>>({});
  const { contested, beside } = contestOf(pages, met);
  const left = contested.filter(({ pointer }) => chosen[pointer] === undefined).length;
  const all = (whose: Whose) => setChosen(Object.fromEntries(contested.map(({ pointer }) => [pointer, whose])));
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t('{name}同时修改了同样的内容', { name: met.by.name })}
      description={
        <>
          <p className="line">{t('双方各自修改的其他部分都保留。以下 {count} 处双方都改了，请逐处选择以谁的为准：', { count: contested.length })}</p>
          {contested.map(({ pointer, one, other }) => (
            <fieldset key={pointer} className="field conflict">
              <legend>{pointerWords(pages, pointer)}</legend>
              <Side pointer={pointer} whose="mine" title={t('我的内容')} text={wordsOf(pages, pointer, one ?? null)} chosen={chosen[pointer]} onChoose={setChosen} all={chosen} />
              <Side pointer={pointer} whose="theirs" title={t('{name}的内容', { name: met.by.name })} text={wordsOf(pages, pointer, other ?? null)} chosen={chosen[pointer]} onChoose={setChosen} all={chosen} />
            </fieldset>
          ))}
          {beside.length > 0 && <p className="note">{t('{name}还修改了：', { name: met.by.name })}{beside.map(({ pointer }) => pointerWords(pages, pointer)).join(t('、'))}{t('（保留）。')}</p>}
          <div className="buttons">
            <Button type="primary" disabled={left > 0} onClick={() => onSettle((pointer) => chosen[pointer] ?? 'mine')}>{left > 0 ? t('还有 {left} 处没有选择', { left }) : t('按以上选择合并并保存')}</Button>
            <Button onClick={() => all('mine')}>{t('都用我的内容')}</Button>
            <Button onClick={() => all('theirs')}>{t('都用对方的内容')}</Button>
          </div>
        </>
      }
    />
  );
}

interface SideProps {
  readonly pointer: string;
  readonly whose: Whose;
  readonly title: string;
  readonly text: string;
  readonly chosen: Whose | undefined;
  readonly all: Readonly<Record<string, Whose>>;
  readonly onChoose: (all: Readonly<Record<string, Whose>>) => void;
}

function Side({ pointer, whose, title, text, chosen, all, onChoose }: SideProps) {
  return (
    <label className={chosen === whose ? 'side-choice on' : 'side-choice'}>
      <span><input type="radio" name={pointer} checked={chosen === whose} onChange={() => onChoose({ ...all, [pointer]: whose })} /> {title}</span>
      <span className="said">{text || t('（空）')}</span>
    </label>
  );
}

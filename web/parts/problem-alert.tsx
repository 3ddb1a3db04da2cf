import { Alert, Button } from 'antd';
import { Refused } from '../api/client.ts';
import { figuresLine } from './figures-line.ts';
import { useFocusOn } from './use-focus-on.ts';
import { articleName, roleNames } from '../words/names.ts';
import { t } from '../words/language.ts';
import { problemTitle, reasonOf } from '../words/reasons.ts';

/** Words for a pointer of an error, where the page knows the field. */
export type PointerWords = (pointer: string) => string;

interface Props {
  readonly error: unknown;
  readonly words?: PointerWords;
  readonly onRetry?: () => void;
  /** Takes the person to the field that an error is about. */
  readonly onJump?: (pointer: string) => void;
}

/** The one way in which the console shows that something went wrong: what, why, which fields, and what helps. The answer to a press of a button takes the focus; a read that failed, which can be tried again, says so where it is. */
export function ProblemAlert({ error, words = (pointer) => pointer, onRetry, onJump }: Props) {
  const { title, lines, errors, trace } = said(error);
  const place = useFocusOn<HTMLDivElement>(onRetry ? undefined : error);
  return (
    <div ref={place} tabIndex={-1}><Alert
      type="error"
      showIcon
      role="alert"
      title={title}
      description={
        <>
          {lines.map((line) => <p key={line} className="line">{line}</p>)}
          {errors.length > 0 && (
            <ul className="errors">
              {errors.map(({ pointer, detail }) => (
                <li key={pointer + detail}>
                  {onJump ? <button type="button" className="link" onClick={() => onJump(pointer)}>{words(pointer)}</button> : words(pointer)}{t('：{text}', { text: t(detail) })}
                </li>
              ))}
            </ul>
          )}
          {onRetry && <Button onClick={onRetry}>{t('重试')}</Button>}
          {trace && <p className="note">{t('编号 {trace}（请在求助时提供）', { trace })}</p>}
        </>
      }
    /></div>
  );
}

interface Said {
  readonly title: string;
  readonly lines: readonly string[];
  readonly errors: readonly { readonly pointer: string; readonly detail: string }[];
  readonly trace: string;
}

function said(error: unknown): Said {
  if (!(error instanceof Refused)) return { title: t('出错了'), lines: [error instanceof Error ? error.message : String(error)], errors: [], trace: '' };
  const { title, detail, errors = [], instance, status } = error.document;
  const article = typeof error.document['article'] === 'string' ? [`${t('依据：')}${articleName(error.document['article'])}`] : [];
  const needs = needsLine(error.document['needs']);
  const problem = error.kind;
  return { title: problemTitle(problem, title), lines: [reasonOf({ problem, detail, rule: error.document['rule'] }), ...figuresLine(error.document['figures']), ...article, ...needs], errors, trace: status >= 500 ? instance : '' };
}

/** Who could do what was refused, in one line; none when the API does not say. */
export function needsLine(needs: unknown): string[] {
  if (!Array.isArray(needs) || needs.length === 0) return [];
  return [`${t('可以办理的角色：')}${roleNames(needs)}`];
}

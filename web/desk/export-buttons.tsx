import { Button } from 'antd';
import { useState } from 'react';
import { download } from '../api/client.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { t } from '../words/language.ts';

interface Props {
  /** The list's name among the exports. */
  readonly list: string;
  readonly title: string;
  readonly filter: Readonly<Record<string, string>>;
}

/** The list as it is filtered, as a file. */
export function ExportButtons({ list, title, filter }: Props) {
  const [error, setError] = useState<unknown>();
  const save = (ending: 'xlsx' | 'csv') => () => {
    setError(undefined);
    const query = new URLSearchParams(filter);
    download(`/exports/${list}.${ending}${query.size > 0 ? `?${query}` : ''}`, `${title}.${ending}`).catch(setError);
  };
  return (
    <span className="row no-print">
      <Button onClick={save('xlsx')}>{t('导出Excel')}</Button>
      <Button onClick={save('csv')}>{t('导出CSV')}</Button>
      {error !== undefined && <ProblemAlert error={error} />}
    </span>
  );
}

import { Button } from 'antd';
import { useState } from 'react';
import { download } from '../api/client.ts';
import type { Case } from '../api/types.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import type { Collection } from '../paths.ts';
import { t } from '../words/language.ts';

/** The case file to keep, and the page that proves without a network that it is whole. */
export function CaseFileLine({ one, collection }: { readonly one: Case; readonly collection: Collection }) {
  const [error, setError] = useState<unknown>();
  return (
    <div className="no-print">
      <p className="buttons">
        <Button onClick={() => void download(`/${collection}/${one.id}/case-file`, `case-${one.id}-${one.version}.json`).catch(setError)}>{t('下载案卷')}</Button>
        <a href="/verifier.html" target="_blank" rel="noreferrer">{t('案卷离线核验（可保存后断网使用）')}</a>
      </p>
      {error !== undefined && <ProblemAlert error={error} />}
    </div>
  );
}

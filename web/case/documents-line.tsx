import { Button } from 'antd';
import { useState } from 'react';
import { download } from '../api/client.ts';
import { useDocuments } from '../api/queries.ts';
import type { Case } from '../api/types.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { t } from '../words/language.ts';

/** The prints of a case to download: of a scenario those of its filing or of its acceptance, of a recovery its letters. Drafts say so until they are final. */
export function DocumentsLine({ one, of = 'filing' }: { readonly one: Case; readonly of?: 'filing' | 'acceptance' | 'recovery' }) {
  const { data } = useDocuments(of === 'recovery' ? 'recoveries' : 'scenarios', one.id);
  const [error, setError] = useState<unknown>();
  const items = data?.items.filter(({ name }) => name.startsWith('acceptance.') === (of === 'acceptance')) ?? [];
  if (!data || items.length === 0) return null;
  return (
    <div className="no-print">
      <p className="buttons">
        {items.map(({ name, title, href, draft = data.draft }) => (
          <Button key={name} onClick={() => void download(href, `${one.title || one.id}-${name}`).catch(setError)}>{title}{draft && t('，草稿')}</Button>
        ))}
      </p>
      {error !== undefined && <ProblemAlert error={error} />}
    </div>
  );
}

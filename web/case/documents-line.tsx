import { Button } from 'antd';
import { useState } from 'react';
import { download } from '../api/client.ts';
import { useDocuments } from '../api/queries.ts';
import type { Case } from '../api/types.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';

/** The prints of a scenario to download, of its filing or of its acceptance: drafts say so until they are final. */
export function DocumentsLine({ one, of = 'filing' }: { readonly one: Case; readonly of?: 'filing' | 'acceptance' }) {
  const { data } = useDocuments(one.id);
  const [error, setError] = useState<unknown>();
  const items = data?.items.filter(({ name }) => name.startsWith('acceptance.') === (of === 'acceptance')) ?? [];
  if (!data || items.length === 0) return null;
  return (
    <div className="no-print">
      <p className="buttons">
        {items.map(({ name, title, href, draft = data.draft }) => (
          <Button key={name} onClick={() => void download(href, `${one.title || one.id}-${name}`).catch(setError)}>{title}{draft && '，草稿'}</Button>
        ))}
      </p>
      {error !== undefined && <ProblemAlert error={error} />}
    </div>
  );
}

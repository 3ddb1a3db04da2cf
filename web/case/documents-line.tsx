import { Button } from 'antd';
import { useState } from 'react';
import { download } from '../api/client.ts';
import { useDocuments } from '../api/queries.ts';
import type { Case } from '../api/types.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';

/** The official forms of a scenario to download: drafts say so until the filing is final. */
export function DocumentsLine({ one }: { readonly one: Case }) {
  const { data } = useDocuments(one.id);
  const [error, setError] = useState<unknown>();
  if (!data || data.items.length === 0) return null;
  return (
    <div className="no-print">
      <p className="buttons">
        {data.items.map(({ name, title, href }) => (
          <Button key={name} onClick={() => void download(href, `${one.title || one.id}-${name}`).catch(setError)}>{title}{data.draft && '，草稿'}</Button>
        ))}
      </p>
      {error !== undefined && <ProblemAlert error={error} />}
    </div>
  );
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { divisionName } from '../../shared/divisions.ts';
import { read } from '../api/client.ts';
import { MoreButton } from '../parts/more-button.tsx';
import { NearEnd } from '../parts/near-end.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { t } from '../words/language.ts';

interface Props {
  readonly id: string;
  readonly value: string;
  readonly invalid: boolean;
  readonly onChange: (organisation: string | undefined) => void;
}

const leastWords = 2;

/** An organisation chosen from the directory by words of its name or its credit code; the form keeps its id. */
export function OrganisationInput({ id, value, invalid, onChange }: Props) {
  const [words, setWords] = useState('');
  const asked = words.trim();
  const found = useInfiniteQuery({
    queryKey: ['organisations', asked],
    queryFn: ({ pageParam }) => read('/organisations', {}, { q: asked, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled: asked.length >= leastWords,
    staleTime: 600_000,
  });
  const items = asked.length >= leastWords ? found.data?.pages.flatMap((page) => page.items) : undefined;
  return (
    <div className="rows">
      <Input id={id} autoFocus value={words} aria-describedby={`${id}-found`} aria-invalid={invalid || undefined} placeholder={t('名称或统一社会信用代码')} onChange={(event) => { setWords(event.target.value); onChange(undefined); }} />
      <p className="note" id={`${id}-found`} role="status">{items ? !found.hasNextPage && t('找到 {count} 个单位', { count: items.length }) : asked.length < leastWords && t('请填写名称中的两个字以上')}</p>
      {found.error && <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />}
      {items && items.length > 0 && (
        <fieldset className="field">
          <legend className="hidden">{t('找到的单位')}</legend>
          {items.map((each) => (
            <label key={each.id} className="line"><input type="radio" name={`${id}-unit`} checked={value === each.id} onChange={() => onChange(each.id)} /> {each.name} <span className="note">{divisionName(each.division)}{each.uscc && ` · ${each.uscc}`}</span></label>
          ))}
        </fieldset>
      )}
      {items && found.hasNextPage && <><NearEnd key={found.data?.pages.length} list={found} /><MoreButton list={found} shown={items.length} /></>}
    </div>
  );
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import type { PolicyChanges } from '../../shared/contracts/policy-changes.ts';
import { policies } from '../../shared/policy.ts';
import { freshKey, write } from '../api/client.ts';
import type { Writes } from '../api/types.ts';
import { Page } from '../parts/page.tsx';
import { Nothing, Shown } from '../parts/states.tsx';
import { t } from '../words/language.ts';
import { ParametersForm } from './parameters-form.tsx';
import { changed, changesIn, changesTo, valuesOf, type Values } from './parameters.ts';
import { Results } from './results.tsx';

type Body = Writes['/policy-what-if']['body'];

/** A look at the open scenarios under the pack in force with changes, page after page; nothing is stored. */
const useWhatIf = (changes: PolicyChanges) =>
  useInfiniteQuery({
    queryKey: ['what-if', changes],
    queryFn: ({ pageParam }) => write('/policy-what-if', {}, { changes: changes as Body['changes'], ...(pageParam ? { cursor: pageParam } : {}) }, freshKey()),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    staleTime: 60_000,
  });

/** What a policy with other parameters would mean for the scenarios that are underway; the address holds the changes. */
export function WhatIfPage() {
  const [query, setQuery] = useSearchParams();
  const changes = changesIn(query.get('changes'));
  const isTried = Object.keys(changes).length > 0;
  // Without changes nothing differs: it only says which pack is in force.
  const found = useWhatIf(changes);
  const tryOut = (base: Values) => (wanted: Values) => {
    const next = changesTo(base, wanted);
    setQuery(Object.keys(next).length > 0 ? { changes: JSON.stringify(next) } : {});
  };
  return (
    <Page title={t('政策推演')}>
      <p className="note">{t('改动现行政策的参数，看在办场景的结果会有哪些不同。推演不作决定，也不保存；已报送的场景按报送时的政策办理。')}</p>
      <Shown read={found} what={t('政策推演')}>
        {({ pages }) => {
          const base = policies[pages[0]?.base ?? ''];
          if (!base) return <Nothing><p>{t('没有找到现行政策的参数。')}</p></Nothing>;
          const values = valuesOf(base);
          return (
            <>
              <ParametersForm key={query.get('changes')} pack={base} base={values} first={changed(values, changes)} onTry={tryOut(values)} />
              {isTried ? <Results pages={pages} list={found} /> : <Nothing><p>{t('请改动一项或几项参数，再推演。')}</p></Nothing>}
            </>
          );
        }}
      </Shown>
    </Page>
  );
}

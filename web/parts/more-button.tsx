import { Button } from 'antd';
import { t } from '../words/language.ts';
import type { Paged } from './near-end.tsx';

interface Props {
  readonly list: Paged;
  readonly shown: number;
}

/** How many are shown, and a button for the next page while there is one. */
export function MoreButton({ list, shown }: Props) {
  return (
    <div className="more">
      <span className="note" aria-live="polite">{t(list.hasNextPage ? '已显示 {count} 项' : '已显示 {count} 项，没有更多', { count: shown })}</span>
      {list.hasNextPage && <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t('显示更多')}</Button>}
    </div>
  );
}

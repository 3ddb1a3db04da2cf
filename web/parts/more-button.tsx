import { Button } from 'antd';

interface Props {
  readonly list: { readonly hasNextPage: boolean; readonly isFetchingNextPage: boolean; readonly fetchNextPage: () => unknown };
  readonly shown: number;
}

/** How many are shown, and a button for the next page while there is one. */
export function MoreButton({ list, shown }: Props) {
  return (
    <div className="more">
      <span className="note" aria-live="polite">已显示 {shown} 项{list.hasNextPage ? '' : '，没有更多'}</span>
      {list.hasNextPage && <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>显示更多</Button>}
    </div>
  );
}

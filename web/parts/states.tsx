import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Page } from './page.tsx';
import { ProblemAlert } from './problem-alert.tsx';
import { stateName } from '../words/names.ts';
import { t } from '../words/language.ts';

/** Names of the states a case is in. */
export function StateTags({ lifecycle, leaves }: { readonly lifecycle: string; readonly leaves: readonly string[] }) {
  return <span className="tags">{leaves.map((leaf) => <span key={leaf} className="state">{stateName(lifecycle, leaf)}</span>)}</span>;
}

/** What stands in the place of something that is being read. */
export function Loading({ what }: { readonly what: string }) {
  return (
    <div role="status" aria-label={t('正在读取{what}', { what })} className="loading">
      <Skeleton active title={false} paragraph={{ rows: 4 }} />
    </div>
  );
}

/** What stands where there is nothing: why, and what could be done. */
export function Nothing({ children }: { readonly children: ReactNode }) {
  return <div className="nothing">{children}</div>;
}

interface Read<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

interface ShownProps<T> {
  readonly read: Read<T>;
  readonly what: string;
  /** The title of the page in case of failure, where what is read would have given it. */
  readonly title?: string;
  readonly children: (data: T) => ReactNode;
}

/** Shows what was read, or that it is being read, or why it could not be. */
export function Shown<T>({ read, what, title, children }: ShownProps<T>) {
  if (read.data !== undefined) return <>{children(read.data)}</>;
  if (!read.error) return <Loading what={what} />;
  const problem = <ProblemAlert error={read.error} onRetry={() => void read.refetch()} />;
  return title === undefined ? problem : <Page title={title}>{problem}</Page>;
}

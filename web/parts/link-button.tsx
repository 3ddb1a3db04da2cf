import { Button } from 'antd';
import type { MouseEvent, ReactNode } from 'react';
import { useHref, useLinkClickHandler } from 'react-router';

/** A link that looks like a button: it leads to a page and does nothing by itself. */
export function LinkButton({ to, primary = false, children }: { readonly to: string; readonly primary?: boolean; readonly children: ReactNode }) {
  const go = useLinkClickHandler<HTMLAnchorElement>(to);
  return <Button href={useHref(to)} type={primary ? 'primary' : 'default'} onClick={(event) => go(event as MouseEvent<HTMLAnchorElement>)}>{children}</Button>;
}

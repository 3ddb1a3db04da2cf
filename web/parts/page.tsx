import { useEffect, useRef, type ReactNode } from 'react';
import { t } from '../words/language.ts';

/** A page's frame: its title is the tab's title, and takes the focus when the page opens, so that a screen reader says where one is. */
export function Page({ title, extra, children }: { readonly title: string; readonly extra?: ReactNode; readonly children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = t('{title} · 桂景', { title });
    // An address that names a place on the page leads there instead.
    if (location.hash === '') heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <>
      <div className="page-head">
        <h1 ref={heading} tabIndex={-1}>{title}</h1>
        {extra}
      </div>
      {children}
    </>
  );
}

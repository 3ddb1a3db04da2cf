import { Link, useSearchParams } from 'react-router';

interface Props {
  readonly label: string;
  /** The name that the address knows the choice by. */
  readonly name: string;
  readonly tabs: readonly (readonly [string, string])[];
  readonly current: string;
}

/** Parts of one page, of which the address names the one that is shown; the rest of the address stays. */
export function PageTabs({ label, name, tabs, current }: Props) {
  const [query] = useSearchParams();
  const to = (id: string) => {
    const next = new URLSearchParams(query);
    next.set(name, id);
    return `?${next}`;
  };
  return (
    <nav aria-label={label}>
      <ul className="tabs">{tabs.map(([id, text]) => <li key={id}><Link to={to(id)} aria-current={id === current ? 'page' : undefined} preventScrollReset>{text}</Link></li>)}</ul>
    </nav>
  );
}

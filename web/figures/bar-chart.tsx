import type { ReactNode } from 'react';
import { t } from '../words/language.ts';

/** One bar: its name, its length, and the figure as people read it. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly text: string;
}

interface Props {
  readonly title: string;
  readonly head: string;
  readonly bars: readonly Bar[];
  readonly children?: ReactNode;
}

/** A chart whose bars stand in a table: who sees reads the bars, who listens reads the rows. */
export function BarChart({ title, head, bars, children }: Props) {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      {children}
      <table className="bars">
        <caption className="hidden">{title}</caption>
        <thead className="hidden"><tr><th scope="col">{head}</th><th scope="col">{t('数值')}</th></tr></thead>
        <tbody>
          {bars.map(({ name, value, text }) => (
            <tr key={name}><th scope="row">{name}</th><td><span className="bar-line" style={{ width: `${(value / most) * 100}%` }} aria-hidden="true" /> <span className="figure">{text}</span></td></tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

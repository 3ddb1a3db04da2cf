import { useSearchParams } from 'react-router';
import { t } from '../words/language.ts';

const firstYear = 2025;

/** The year that the address names, otherwise the present one. */
export function useYear(): number {
  const [query] = useSearchParams();
  return Number(query.get('year')) || new Date().getFullYear();
}

/** Chooses the year of a ledger; the address holds it. */
export function YearChoice() {
  const [query, setQuery] = useSearchParams();
  const year = useYear();
  const last = Math.max(year, new Date().getFullYear());
  const choose = (next: string) => {
    const changed = new URLSearchParams(query);
    changed.set('year', next);
    setQuery(changed, { replace: true });
  };
  return (
    <label>
      {t('年度')}
      <select value={year} onChange={(event) => choose(event.target.value)}>
        {Array.from({ length: last - firstYear + 1 }, (_, index) => last - index).map((each) => <option key={each} value={each}>{each}</option>)}
      </select>
    </label>
  );
}

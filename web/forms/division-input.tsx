import { cities, cityOf, region } from '../../shared/divisions.ts';
import type { EditorProps } from './editor.ts';

/** A place of Guangxi: the city first, then a county of it (or the city as a whole). */
export function DivisionInput({ id, value, label, onChange }: EditorProps) {
  const code = typeof value === 'string' ? value : '';
  const city = cities.find((each) => each.code === (code ? cityOf(code) : undefined));
  return (
    <div className="row">
      <select id={id} aria-label={`${label}：设区市`} value={city?.code ?? code} onChange={(event) => onChange(event.target.value)}>
        <option value="">请选择</option>
        <option value={region.code}>{region.name}（全区）</option>
        {cities.map((each) => <option key={each.code} value={each.code}>{each.name}</option>)}
      </select>
      {city && (
        <select aria-label={`${label}：县（市、区）`} value={code} onChange={(event) => onChange(event.target.value)}>
          <option value={city.code}>全市</option>
          {city.counties.map((each) => <option key={each.code} value={each.code}>{each.name}</option>)}
        </select>
      )}
    </div>
  );
}

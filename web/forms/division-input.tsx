import { cities, cityOf, region } from '../../shared/divisions.ts';
import type { EditorProps } from './editor.ts';
import { t } from '../words/language.ts';

/** A place of Guangxi: the city first, then a county of it (or the city as a whole). */
export function DivisionInput({ id, value, label, onChange }: EditorProps) {
  const code = typeof value === 'string' ? value : '';
  const city = cities.find((each) => each.code === (code ? cityOf(code) : undefined));
  return (
    <div className="row">
      <select id={id} aria-label={t('{label}：设区市', { label })} value={city?.code ?? code} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t('请选择')}</option>
        <option value={region.code}>{t('{name}（全区）', { name: region.name })}</option>
        {cities.map((each) => <option key={each.code} value={each.code}>{each.name}</option>)}
      </select>
      {city && (
        <select aria-label={t('{label}：县（市、区）', { label })} value={code} onChange={(event) => onChange(event.target.value)}>
          <option value={city.code}>{t('全市')}</option>
          {city.counties.map((each) => <option key={each.code} value={each.code}>{each.name}</option>)}
        </select>
      )}
    </div>
  );
}

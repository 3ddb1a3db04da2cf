import { Alert, Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { policies, type Period, type Policy } from '../../shared/policy.ts';
import { MoneyInput } from '../forms/money-input.tsx';
import { WholeNumber } from '../forms/whole-number.tsx';
import { t } from '../words/language.ts';
import { changesTo, numberNames, parameterNames, periodNames, switchNames, valuesOf, wrongIn, type Values } from './parameters.ts';
import { TiersInput } from './tiers-input.tsx';

interface Props {
  readonly pack: Policy;
  readonly base: Values;
  readonly first: Values;
  readonly onTry: (wanted: Values) => void;
}

/** The parameters of the pack in force, each to be changed; another pack puts its own in. What differs is marked. */
export function ParametersForm({ pack, base, first, onTry }: Props) {
  const [values, setValues] = useState(first);
  const [shown, setShown] = useState(0);
  const [wrong, setWrong] = useState<ReturnType<typeof wrongIn>>([]);
  const put = (change: Partial<Values>) => setValues({ ...values, ...change });
  const tryOut = () => {
    const found = wrongIn(changesTo(base, values));
    setWrong(found);
    if (found.length === 0) onTry(values);
  };
  // The editors of amounts keep what was typed; another pack begins them anew.
  const take = (next: Values) => { setValues(next); setShown(shown + 1); };
  return (
    <form key={shown} className="card" noValidate onSubmit={(event) => { event.preventDefault(); tryOut(); }} aria-labelledby="parameters">
      <h2 id="parameters">{t('参数')}</h2>
      <div className="field">
        <label htmlFor="pack">{t('套用政策版本')}</label>
        <p className="hint" id="pack-hint">{t('现行：{id}', { id: pack.id })}</p>
        <select id="pack" aria-describedby="pack-hint" value="" onChange={(event) => { const chosen = policies[event.target.value]; if (chosen) take(valuesOf(chosen)); }}>
          <option value="">{t('请选择')}</option>
          {Object.values(policies).map(({ id, title }) => <option key={id} value={id}>{id} {title}</option>)}
        </select>
      </div>
      <TiersInput label={t(parameterNames.governmentTiers)} tiers={values.governmentTiers} isChanged={differs(base, values, 'governmentTiers')} onChange={(governmentTiers) => put({ governmentTiers })} />
      <TiersInput label={t(parameterNames.socialTiers)} tiers={values.socialTiers} isChanged={differs(base, values, 'socialTiers')} onChange={(socialTiers) => put({ socialTiers })} />
      <Row label={t(parameterNames.capFen)} isChanged={differs(base, values, 'capFen')} group>
        <MoneyInput id="capFen" label={t(parameterNames.capFen)} describedBy={undefined} disabled={false} invalid={false} value={values.capFen} onChange={(fen) => typeof fen === 'number' && put({ capFen: fen })} />
      </Row>
      <div className="columns">
        {numberNames.map((name) => (
          <Row key={name} id={name} label={t(parameterNames[name])} isChanged={differs(base, values, name)}>
            <WholeNumber id={name} value={values[name]} onChange={(value) => put({ [name]: value })} />
          </Row>
        ))}
      </div>
      <div className="checks">
        {switchNames.map((name) => <label key={name}><input type="checkbox" checked={values[name]} onChange={(event) => put({ [name]: event.target.checked })} />{t(parameterNames[name])}{differs(base, values, name) && <Changed />}</label>)}
      </div>
      <Periods base={base} values={values} onChange={(periods) => put({ periods })} />
      {wrong.length > 0 && <Alert type="error" showIcon role="alert" title={t('这些参数不能推演')} description={<ul className="errors">{wrong.map(([name, detail]) => <li key={name + detail}>{t('{name}：{text}', { name: t(name), text: detail })}</li>)}</ul>} />}
      <div className="buttons"><Button type="primary" htmlType="submit">{t('推演')}</Button><Button onClick={() => { take(base); onTry(base); }}>{t('恢复现行参数')}</Button></div>
    </form>
  );
}

const differs = (base: Values, values: Values, name: keyof Values): boolean => JSON.stringify(base[name]) !== JSON.stringify(values[name]);

function Changed() {
  return <span className="soon">{t('（已改动）')}</span>;
}

function Row({ id, label, isChanged, group = false, children }: { readonly id?: string; readonly label: string; readonly isChanged: boolean; readonly group?: boolean; readonly children: ReactNode }) {
  const title = <>{label}{isChanged && <Changed />}</>;
  return group ? <fieldset className="field"><legend>{title}</legend>{children}</fieldset> : <div className="field"><label htmlFor={id}>{title}</label>{children}</div>;
}

const units = { workingDays: '个工作日', days: '天', years: '年' } as const;
type Unit = keyof typeof units;

const unitOf = (period: Period): Unit => (period.workingDays !== undefined ? 'workingDays' : period.years !== undefined ? 'years' : 'days');

function Periods({ base, values, onChange }: { readonly base: Values; readonly values: Values; readonly onChange: (periods: Values['periods']) => void }) {
  const isChanged = differs(base, values, 'periods');
  return (
    <details className="field" open={isChanged || undefined}>
      <summary>{t(parameterNames.periods)}{isChanged && <Changed />}</summary>
      <div className="columns">
        {Object.entries(values.periods).map(([name, period]) => {
          const unit = unitOf(period);
          return (
            <Row key={name} id={`period-${name}`} label={t('{name}（{aside}）', { name: t(periodNames[name] ?? name), aside: t(units[unit]) })} isChanged={JSON.stringify(period) !== JSON.stringify(base.periods[name])}>
              <WholeNumber id={`period-${name}`} value={period[unit] ?? 0} onChange={(value) => onChange({ ...values.periods, [name]: { [unit]: value } })} />
            </Row>
          );
        })}
      </div>
    </details>
  );
}

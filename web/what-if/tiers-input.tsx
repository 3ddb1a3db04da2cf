import { Button } from 'antd';
import { useId } from 'react';
import { MoneyInput } from '../forms/money-input.tsx';
import { WholeNumber } from '../forms/whole-number.tsx';
import { t } from '../words/language.ts';
import type { Tier } from './parameters.ts';

interface Props {
  readonly label: string;
  readonly tiers: readonly Tier[];
  readonly isChanged: boolean;
  readonly onChange: (tiers: readonly Tier[]) => void;
}

/** The tiers of a reward, the last without limit. */
export function TiersInput({ label, tiers, isChanged, onChange }: Props) {
  const id = useId();
  const put = (at: number, change: Partial<Tier>) => onChange(tiers.map((tier, index) => (index === at ? { ...tier, ...change } : tier)));
  const add = () => onChange([...tiers.slice(0, -1), { upToFen: (tiers.at(-2)?.upToFen ?? 0) + 100_000_000, percent: tiers.at(-1)?.percent ?? 0 }, ...tiers.slice(-1)]);
  return (
    <fieldset className="field">
      <legend>{label}{isChanged && <span className="soon">{t('（已改动）')}</span>}</legend>
      <div className="rows">
        {tiers.map((tier, index) => (
          // oxlint-disable-next-line no-array-index-key -- a tier is known by its place alone
          <div key={`${tiers.length} ${index}`} className="row tier">
            {tier.upToFen === null
              ? <span>{t(tiers.length === 1 ? '不论投资多少' : '以上不设上限')}</span>
              : <><span>{t('投资不超过')}</span><MoneyInput id={`${id}-${index}`} label={t('{label}第 {n} 档上限', { label, n: index + 1 })} describedBy={undefined} disabled={false} invalid={false} value={tier.upToFen} onChange={(fen) => typeof fen === 'number' && put(index, { upToFen: fen })} /></>}
            <span className="row">{t('按')}<WholeNumber label={t('{label}第 {n} 档比例', { label, n: index + 1 })} value={tier.percent} onChange={(percent) => put(index, { percent })} />%</span>
            {tier.upToFen !== null && <Button size="small" onClick={() => onChange(tiers.filter((_, at) => at !== index))}>{t('移除')}<span className="hidden">{t('第 {n} 档', { n: index + 1 })}</span></Button>}
          </div>
        ))}
        <div><Button size="small" onClick={add}>{t('增加一档')}</Button></div>
      </div>
    </fieldset>
  );
}

import { t } from '../words/language.ts';
import { atMinute } from './when.ts';

const dayMs = 86_400_000;

/** A date by which something is due: past ones and near ones say so in words, not by colour alone. */
export function Due({ at }: { readonly at: string | undefined }) {
  if (!at) return null;
  const left = Date.parse(at) - Date.now();
  const mark = left < 0 ? ['late', t('（已逾期）')] : left < 3 * dayMs ? ['soon', t('（即将到期）')] : ['', ''];
  return <time dateTime={at} className={mark[0]}>{atMinute(at)}{mark[1]}</time>;
}

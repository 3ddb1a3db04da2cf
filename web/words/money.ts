import { formatWanYuan, formatYuan } from '../../shared/money.ts';
import { isEnglish } from './language.ts';

/** An amount in fen as a person reads it: `826,000.00元`, in English `¥826,000.00`. */
export const yuan = (fen: number): string => (isEnglish() ? formatYuan(fen).replace(/^(-?)(.*)元$/, '$1¥$2') : formatYuan(fen));

/** An amount in fen in units of ten thousand yuan, as the regulation counts: `826万元`; in English in yuan. */
export const wanYuan = (fen: number): string => (isEnglish() ? yuan(fen) : formatWanYuan(fen));

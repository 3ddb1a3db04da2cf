import { useReview } from '../api/review-queries.ts';
import type { Case, Reads } from '../api/types.ts';
import { Shown } from '../parts/states.tsx';
import { atMinute } from '../parts/when.ts';
import { argumentName } from '../words/names.ts';
import { t } from '../words/language.ts';

type Review = Reads['/scenarios/{id}/review']['answer'];

/** The sheets side by side: scores by criterion with their weights, the total, who is left out of it, where the experts disagree, who is still to answer. */
export function ScoreMatrix({ one }: { readonly one: Case }) {
  const read = useReview(one.id, one.version, true);
  return (
    <section className="card" aria-labelledby="matrix">
      <h2 id="matrix">{t('评分对照')}</h2>
      <Shown read={read} what={t('评分表')}>{(review) => <Matrix review={review} />}</Shown>
    </section>
  );
}

const points = (value: unknown): string => (typeof value === 'number' ? value.toFixed(1).replace(/\.0$/, '') : '—');

function Matrix({ review }: { readonly review: Review }) {
  const { criteria, sheets, quorum, passLine, score, range, disagree } = review;
  return (
    <>
      <p>
        {t('已收 {count} 份，至少 {quorum} 份方可结束评审；入选线 {passLine} 分。', { count: sheets.length, quorum, passLine })}
        {typeof score === 'number' && <>{' '}{t('综合得分')}{' '}<b className={score >= passLine ? 'done' : 'late'}>{points(score)}</b>{t(score >= passLine ? '（达到入选线）' : '（未达入选线）')}{t('，最高与最低相差 {range} 分', { range: points(range) })}{disagree && <strong className="soon">{t('：分歧较大，请核对')}</strong>}{t('。')}</>}
      </p>
      <Standing review={review} />
      {sheets.length === 0 ? <p className="note">{t('还没有评分表；专家之间互不可见，交齐后在这里对照。')}</p> : (
        <div className="sheet" tabIndex={0} role="group" aria-label={t('评分对照表')}>
          <table className="compare">
            <thead><tr><th scope="col">{t('评分项（权重）')}</th>{sheets.map((sheet) => <th key={sheet.expert} scope="col">{sheet.name}<br /><span className="note">{atMinute(sheet.at)}{!sheet.counted && t('，去掉最高或最低，不计入')}</span></th>)}<th scope="col">{t('相差')}</th></tr></thead>
            <tbody>
              {criteria.map(({ id, weight, range: apart, disagree: differs }) => (
                <tr key={id} className={differs ? 'differs' : undefined}>
                  <th scope="row">{t('{name}（{aside}）', { name: argumentName(id), aside: `${weight}%` })}</th>
                  {sheets.map((sheet) => <td key={sheet.expert} className={sheet.counted ? 'figure' : 'figure note'}><Score value={sheet.scores[id] ?? 0} /></td>)}
                  <td className="figure">{points(apart)}{differs && <strong className="soon">{' '}{t('分歧')}</strong>}</td>
                </tr>
              ))}
              <tr><th scope="row">{t('合计')}</th>{sheets.map((sheet) => <td key={sheet.expert} className="figure"><b>{points(sheet.total)}</b></td>)}<td className="figure">{points(range)}</td></tr>
              <tr><th scope="row">{t('意见')}</th>{sheets.map((sheet) => <td key={sheet.expert}><span className="said">{sheet.comment}</span></td>)}<td /></tr>
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

/** A score as a figure and, for the eye, as a bar. */
function Score({ value }: { readonly value: number }) {
  return <>{value}<span className="bar" aria-hidden="true"><span style={{ width: `${value}%` }} /></span></>;
}

function Standing({ review }: { readonly review: Review }) {
  const groups = [[t('待评分'), review.declared], [t('待声明无利害关系'), review.invited], [t('候补'), review.alternates], [t('已回避'), review.recused]] as const;
  return <ul className="errors">{groups.filter(([, people]) => people.length > 0).map(([title, people]) => <li key={title}>{t('{name}：{text}', { name: title, text: people.map(({ name }) => name).join(t('、')) })}</li>)}</ul>;
}

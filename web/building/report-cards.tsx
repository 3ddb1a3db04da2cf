import type { Reads } from '../api/types.ts';
import { argumentName } from '../words/names.ts';
import { choiceName } from '../words/choices.ts';
import { t } from '../words/language.ts';
import { yuan } from '../words/money.ts';

/** What the API says of a construction. */
export type Building = Reads['/scenarios/{id}/building']['answer'];

/** Stage reports, the place in IRS, and what the building rests on. */
export function ReportCards({ building }: { readonly building: Building }) {
  return (
    <>
      <Reports reports={building.reports} />
      <Irs irs={building.irs} />
      <Technologies rows={building.technologies} />
    </>
  );
}

function Reports({ reports }: Pick<Building, 'reports'>) {
  if (reports.length === 0) return null;
  return (
    <section className="card" aria-labelledby="reports">
      <h2 id="reports">{t('阶段报告')}</h2>
      <ol className="timeline">
        {reports.toReversed().map((report) => (
          <li key={`${report.on} ${report.period}`}>
            <strong>{report.period}</strong> <span className="note">{t('{by} 于 {on} 报送', { by: report.by, on: report.on })}</span>
            <div>{t('进度 {percent}%，累计费用 {costFen}', { percent: report.percent ?? '—', costFen: yuan(report.costFen) })}{report.completionOn && t('，预计 {completionOn} 竣工', { completionOn: report.completionOn })}</div>
            <div className="quote">{report.progress}</div>
            {report.effect && <div className="quote">{t('成效：{effect}', { effect: report.effect })}</div>}
            {report.risks && <div className="quote">{t('风险和困难：{risks}', { risks: report.risks })}</div>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Irs({ irs }: Pick<Building, 'irs'>) {
  if (irs === null) return null;
  return (
    <section className="card" aria-labelledby="irs">
      <h2 id="irs">{t('IRS登记')}</h2>
      <dl className="facts">
        <dt>{t('IRS应用编码')}</dt><dd>{irs.code}</dd>
        <dt>{t('登记日期')}</dt><dd>{irs.on}</dd>
        <dt>{t('使用的资源')}</dt><dd>{irs.resources.length === 0 ? (irs.reason ?? t('未列明')) : irs.resources.map(({ resourceKind, name }) => t('{name}：{text}', { name: choiceName('resourceKind', resourceKind), text: name })).join('\n')}</dd>
      </dl>
    </section>
  );
}

const numbers = ['securityNo', 'xinchuangNo', 'cryptographyNo'] as const;

function Technologies({ rows }: { readonly rows: Building['technologies'] }) {
  if (rows.length === 0) return null;
  return (
    <section className="card" aria-labelledby="technologies">
      <h2 id="technologies">{t('技术和产品清单')}</h2>
      <p className="note">{t('原则上选用通过安全可靠测评、信创和密评的产品和服务（第九条）；没有证明的，须说明理由，由评审和验收人员核对。')}</p>
      <table className="table">
        <caption className="hidden">{t('技术和产品及其证明')}</caption>
        <thead><tr><th scope="col">{t('名称')}</th><th scope="col">{t('类别')}</th><th scope="col">{t('提供单位')}</th><th scope="col">{t('证明，或理由')}</th></tr></thead>
        <tbody>
          {rows.map((row, index) => (
            // oxlint-disable-next-line no-array-index-key -- two rows may be the same product, and rows are not reordered
            <tr key={index}>
              <td data-head={t('名称')}>{row.name}</td>
              <td data-head={t('类别')}>{choiceName('technologyKind', row.technologyKind)}</td>
              <td data-head={t('提供单位')}>{row.supplier ?? '—'}</td>
              <td data-head={t('证明')}><Proofs row={row} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Proofs({ row }: { readonly row: Building['technologies'][number] }) {
  const proved = numbers.filter((name) => row[name] !== undefined);
  if (proved.length === 0) return row.reason ? <span>{t('没有证明，理由：{reason}', { reason: row.reason })}</span> : <span className="late">{t('没有证明，未说明理由')}</span>;
  return <div>{proved.map((name) => <div key={name}>{t('{name}：{text}', { name: argumentName(name), text: row[name] ?? '' })}</div>)}{row.reason && <div className="note">{row.reason}</div>}</div>;
}

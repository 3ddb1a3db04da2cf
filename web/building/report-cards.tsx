import { choiceLabels } from '../../machines/labels-of-arguments.zh.ts';
import { formatYuan } from '../../shared/money.ts';
import type { Reads } from '../api/types.ts';
import { argumentName } from '../words/names.ts';

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
      <h2 id="reports">阶段报告</h2>
      <ol className="timeline">
        {reports.toReversed().map((report) => (
          <li key={`${report.on} ${report.period}`}>
            <strong>{report.period}</strong> <span className="note">{report.by} 于 {report.on} 报送</span>
            <div>进度 {report.percent ?? '—'}%，累计费用 {formatYuan(report.costFen)}{report.completionOn && `，预计 ${report.completionOn} 竣工`}</div>
            <div className="quote">{report.progress}</div>
            {report.effect && <div className="quote">成效：{report.effect}</div>}
            {report.risks && <div className="quote">风险和困难：{report.risks}</div>}
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
      <h2 id="irs">IRS登记</h2>
      <dl className="facts">
        <dt>IRS应用编码</dt><dd>{irs.code}</dd>
        <dt>登记日期</dt><dd>{irs.on}</dd>
        <dt>使用的资源</dt><dd>{irs.resources.length === 0 ? (irs.reason ?? '未列明') : irs.resources.map(({ resourceKind, name }) => `${choiceLabels['resourceKind']?.[resourceKind] ?? resourceKind}：${name}`).join('\n')}</dd>
      </dl>
    </section>
  );
}

const numbers = ['securityNo', 'xinchuangNo', 'cryptographyNo'] as const;

function Technologies({ rows }: { readonly rows: Building['technologies'] }) {
  if (rows.length === 0) return null;
  return (
    <section className="card" aria-labelledby="technologies">
      <h2 id="technologies">技术和产品清单</h2>
      <p className="note">原则上选用通过安全可靠测评、信创和密评的产品和服务（第九条）；没有证明的，须说明理由，由评审和验收人员核对。</p>
      <table className="table">
        <caption className="hidden">技术和产品及其证明</caption>
        <thead><tr><th scope="col">名称</th><th scope="col">类别</th><th scope="col">提供单位</th><th scope="col">证明，或理由</th></tr></thead>
        <tbody>
          {rows.map((row, index) => (
            // oxlint-disable-next-line no-array-index-key -- two rows may be the same product, and rows are not reordered
            <tr key={index}>
              <td data-head="名称">{row.name}</td>
              <td data-head="类别">{choiceLabels['technologyKind']?.[row.technologyKind] ?? row.technologyKind}</td>
              <td data-head="提供单位">{row.supplier ?? '—'}</td>
              <td data-head="证明"><Proofs row={row} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Proofs({ row }: { readonly row: Building['technologies'][number] }) {
  const proved = numbers.filter((name) => row[name] !== undefined);
  if (proved.length === 0) return row.reason ? <span>没有证明，理由：{row.reason}</span> : <span className="late">没有证明，未说明理由</span>;
  return <div>{proved.map((name) => <div key={name}>{argumentName(name)}：{row[name]}</div>)}{row.reason && <div className="note">{row.reason}</div>}</div>;
}

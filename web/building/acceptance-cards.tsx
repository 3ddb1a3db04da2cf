import { choiceLabels } from '../../machines/labels-of-arguments.zh.ts';
import { formatYuan } from '../../shared/money.ts';
import type { Case } from '../api/types.ts';
import { DocumentsLine } from '../case/documents-line.tsx';
import type { Building } from './report-cards.tsx';

interface Props {
  readonly one: Case;
  readonly building: Building;
}

const word = (name: string, value: string): string => choiceLabels[name]?.[value] ?? value;

/** An acceptance: its documents, its panel, what was inspected, what the experts think, and how it ended. */
export function AcceptanceCards({ one, building }: Props) {
  const begun = building.application !== null || building.rounds.length > 0 || building.panel.length > 0;
  if (!begun && !one.state.some((leaf) => leaf.startsWith('acceptance.'))) return null;
  const rounds = building.rounds.length > 0 ? building.rounds : [{ round: 1, checks: [], opinions: [] }];
  return (
    <>
      <Application building={building} />
      {begun && <section className="card" aria-labelledby="certificate"><h2 id="certificate">验收证书</h2><p className="note">作出结论前为草稿，不作为正式文件；作出结论后带核验码，任何人都可以核验。</p><DocumentsLine one={one} of="acceptance" /></section>}
      {begun && rounds.toReversed().map((round) => <RoundCard key={round.round} round={round} building={building} many={rounds.length > 1} open={one.state.includes('acceptance.inspecting') && round.round === rounds.length} />)}
      <Ending ending={building.ending} />
    </>
  );
}

function Application({ building: { application, documents } }: { readonly building: Building }) {
  return (
    <section className="card" aria-labelledby="application">
      <h2 id="application">验收申请与竣工材料</h2>
      {application === null ? <p className="note">还没有申请验收。请先在“附件”中上传竣工材料，再在“办理”中申请验收。</p> : (
        <>
          <p className="note">{application.by} 于 {application.on} 申请</p>
          <div className="quote">{application.achieved}</div>
        </>
      )}
      <table className="table">
        <caption className="hidden">竣工材料</caption>
        <thead><tr><th scope="col">材料</th><th scope="col">是否必需</th><th scope="col">上传情况</th></tr></thead>
        <tbody>
          {documents.map(({ part, title, files, wanted }) => {
            const reason = application?.absent.find((each) => each.part === part)?.reason;
            return (
              <tr key={part}>
                <td data-head="材料">{title}</td>
                <td data-head="是否必需">{wanted ? '必需' : '如有请上传'}</td>
                <td data-head="上传情况">{files > 0 ? <span className="done">已上传 {files} 份</span> : reason ? <span>未提供，理由：{reason}</span> : <span className={wanted ? 'late' : 'note'}>未上传</span>}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

interface RoundProps {
  readonly round: Building['rounds'][number];
  readonly building: Building;
  readonly many: boolean;
  readonly open: boolean;
}

function RoundCard({ round, building, many, open }: RoundProps) {
  const id = `round-${round.round}`;
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>验收检查与专家意见{many && `（第${round.round}轮）`}</h2>
      <Checks round={round} wanted={building.checks} />
      <h3>专家意见</h3>
      {open && <Standing building={building} given={round.opinions.length} />}
      <Opinions round={round} open={open} />
      {round.rectification && <Rectification {...round.rectification} />}
    </section>
  );
}

function Checks({ round, wanted }: { readonly round: RoundProps['round']; readonly wanted: Building['checks'] }) {
  return (
    <table className="table">
      <caption className="hidden">验收检查</caption>
      <thead><tr><th scope="col">事项</th><th scope="col">结果</th><th scope="col">日期</th><th scope="col">检查情况</th></tr></thead>
      <tbody>
        {wanted.map((name) => {
          const found = round.checks.find(({ check }) => check === name);
          return (
            <tr key={name}>
              <td data-head="事项">{word('check', name)}</td>
              <td data-head="结果">{found ? <span className={found.result === 'unmet' ? 'late' : 'done'}>{word('result', found.result)}</span> : <span className="note">未登记</span>}</td>
              <td data-head="日期">{found?.on ?? '—'}</td>
              <td data-head="检查情况">{found ? <span>{found.remark}<span className="note">（{found.by}）</span></span> : '—'}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const standings = { invited: '待声明无利害关系', declared: '待签署意见', alternate: '候补', recused: '已回避' } as const;

function Standing({ building: { panel, quorum }, given }: { readonly building: Building; readonly given: number }) {
  const groups = (['declared', 'invited', 'alternate', 'recused'] as const).map((standing) => [standings[standing], panel.filter((each) => each.standing === standing)] as const).filter(([, people]) => people.length > 0);
  const answered = panel.filter(({ standing }) => standing === 'submitted').length;
  return (
    <>
      <p>已签署 {answered} 份，至少 {quorum} 份且过半数同意，方可给出合格结论。{answered > given && '签署的意见在给出结论或要求整改前，只有自治区数据局可以查看。'}</p>
      {panel.length === 0 ? <p className="note">还没有组建验收专家组。</p> : <ul className="errors">{groups.map(([title, people]) => <li key={title}>{title}：{people.map(({ name }) => name).join('、')}</li>)}</ul>}
    </>
  );
}

function Opinions({ round: { opinions }, open }: Pick<RoundProps, 'round' | 'open'>) {
  if (opinions.length === 0) return open ? null : <p className="note">没有专家意见。</p>;
  return (
    <table className="table">
      <caption className="hidden">专家意见</caption>
      <thead><tr><th scope="col">专家</th><th scope="col">意见</th><th scope="col">说明</th><th scope="col">署名日期</th></tr></thead>
      <tbody>
        {opinions.map(({ expert, name, orgName, verdict, comment, on }) => (
          <tr key={expert}>
            <td data-head="专家"><div>{name}<br /><span className="note">{orgName}</span></div></td>
            <td data-head="意见"><span className={verdict === 'pass' ? 'done' : 'late'}>{word('verdict', verdict)}</span></td>
            <td data-head="说明"><span className="said">{comment}</span></td>
            <td data-head="署名日期">{on}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Rectification({ on, reason, demands, report, reportedOn }: NonNullable<RoundProps['round']['rectification']>) {
  return (
    <>
      <h3>整改</h3>
      <p>{on} 要求整改：{reason}</p>
      <ol>{demands.map((demand) => <li key={demand}>{demand}</li>)}</ol>
      {report !== undefined && <div className="quote">{reportedOn} 报告整改完成：{report}</div>}
    </>
  );
}

function Ending({ ending }: { readonly ending: Building['ending'] }) {
  if (ending === null) return null;
  return (
    <section className="card" aria-labelledby="ending">
      <h2 id="ending">验收结论</h2>
      <dl className="facts">
        <dt>结论</dt><dd className={ending.result === 'passed' ? 'done' : 'late'}>{ending.result === 'passed' ? '合格' : '不合格'}</dd>
        <dt>意见</dt><dd>{ending.conclusion}</dd>
        {ending.inspectedOn && <><dt>验收日期</dt><dd>{ending.inspectedOn}</dd></>}
        {ending.finalAccountsFen !== undefined && <><dt>竣工决算金额</dt><dd>{formatYuan(ending.finalAccountsFen)}</dd></>}
        <dt>作出结论</dt><dd>{ending.orgName} {ending.by}，{ending.on}</dd>
      </dl>
    </section>
  );
}

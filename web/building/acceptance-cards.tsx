import type { Case } from '../api/types.ts';
import { DocumentsLine } from '../case/documents-line.tsx';
import type { Building } from './report-cards.tsx';
import { choiceName, partName } from '../words/choices.ts';
import { t } from '../words/language.ts';
import { yuan } from '../words/money.ts';

interface Props {
  readonly one: Case;
  readonly building: Building;
}


/** An acceptance: its documents, its panel, what was inspected, what the experts think, and how it ended. */
export function AcceptanceCards({ one, building }: Props) {
  const begun = building.application !== null || building.rounds.length > 0 || building.panel.length > 0;
  if (!begun && !one.state.some((leaf) => leaf.startsWith('acceptance.'))) return null;
  const inspecting = one.state.includes('acceptance.inspecting');
  const rounds = begunRounds(building, inspecting);
  return (
    <>
      <Application building={building} waits={one.state.includes('acceptance.applying')} />
      {begun && <section className="card" aria-labelledby="certificate"><h2 id="certificate">{t('验收证书')}</h2><p className="note">{t('作出结论前为草稿，不作为正式文件；作出结论后带核验码，任何人都可以核验。')}</p><DocumentsLine one={one} of="acceptance" /></section>}
      {begun && rounds.toReversed().map((round) => <RoundCard key={round.round} round={round} building={building} many={building.rounds.length > 1} open={inspecting && round === rounds.at(-1)} />)}
      <Ending ending={building.ending} />
    </>
  );
}

/** The rounds in which anything was done, and the one that is under inspection; the one after a return waits for the next application. */
function begunRounds({ rounds }: Building, inspecting: boolean): readonly Building['rounds'][number][] {
  if (rounds.length === 0) return [{ round: 1, checks: [], opinions: [] }];
  return rounds.filter((each, index) => each.checks.length > 0 || each.opinions.length > 0 || each.returned !== undefined || (inspecting && index === rounds.length - 1));
}

function Application({ building: { application, documents, appliedOn }, waits }: { readonly building: Building; readonly waits: boolean }) {
  return (
    <section className="card" aria-labelledby="application">
      <h2 id="application">{t('验收申请与竣工材料')}</h2>
      {application === null ? <p className="note">{t('还没有申请验收。请先在“附件”中上传竣工材料，再在“办理”中申请验收。')}</p> : (
        <>
          <p className="note">{t('{by} 于 {on} 申请', { by: application.by, on: application.on })}</p>
          {waits && appliedOn === null && <p className="late">{t('申请已退回。请按下方退回意见补充后，在“办理”中重新申请验收。')}</p>}
          <div className="quote">{application.achieved}</div>
        </>
      )}
      <table className="table">
        <caption className="hidden">{t('竣工材料')}</caption>
        <thead><tr><th scope="col">{t('材料')}</th><th scope="col">{t('是否必需')}</th><th scope="col">{t('上传情况')}</th></tr></thead>
        <tbody>
          {documents.map(({ part, files, wanted }) => {
            const reason = application?.absent.find((each) => each.part === part)?.reason;
            return (
              <tr key={part}>
                <td data-head={t('材料')}>{partName(part)}</td>
                <td data-head={t('是否必需')}>{wanted ? t('必需') : t('如有请上传')}</td>
                <td data-head={t('上传情况')}>{files > 0 ? <span className="done">{t('已上传 {files} 份', { files })}</span> : reason ? <span>{t('未提供，理由：{reason}', { reason })}</span> : <span className={wanted ? 'late' : 'note'}>{t('未上传')}</span>}</td>
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
      <h2 id={id}>{t('验收检查与专家意见')}{many && t('（第{round}轮）', { round: round.round })}</h2>
      <Checks round={round} wanted={building.checks} />
      {round.returned ? <Returned {...round.returned} /> : (
        <>
          <h3>{t('专家意见')}</h3>
          {open && <Standing building={building} given={round.opinions.length} />}
          <Opinions round={round} open={open} />
        </>
      )}
      {round.rectification && <Rectification {...round.rectification} />}
    </section>
  );
}

function Checks({ round, wanted }: { readonly round: RoundProps['round']; readonly wanted: Building['checks'] }) {
  return (
    <table className="table">
      <caption className="hidden">{t('验收检查')}</caption>
      <thead><tr><th scope="col">{t('事项')}</th><th scope="col">{t('结果')}</th><th scope="col">{t('日期')}</th><th scope="col">{t('检查情况')}</th></tr></thead>
      <tbody>
        {wanted.map((name) => {
          const found = round.checks.find(({ check }) => check === name);
          return (
            <tr key={name}>
              <td data-head={t('事项')}>{choiceName('check', name)}</td>
              <td data-head={t('结果')}>{found ? <span className={found.result === 'unmet' ? 'late' : 'done'}>{choiceName('result', found.result)}</span> : <span className="note">{t('未登记')}</span>}</td>
              <td data-head={t('日期')}>{found?.on ?? '—'}</td>
              <td data-head={t('检查情况')}>{found ? <span>{found.remark}<span className="note">{t('（{aside}）', { aside: found.by })}</span></span> : '—'}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const standings = { invited: '待声明无利害关系', declared: '待签署意见', alternate: '候补', recused: '已回避' } as const;

function Standing({ building: { panel, quorum }, given }: { readonly building: Building; readonly given: number }) {
  const groups = (['declared', 'invited', 'alternate', 'recused'] as const).map((standing) => [t(standings[standing]), panel.filter((each) => each.standing === standing)] as const).filter(([, people]) => people.length > 0);
  const answered = panel.filter(({ standing }) => standing === 'submitted').length;
  return (
    <>
      <p>{t('已签署 {answered} 份，至少 {quorum} 份且过半数同意，方可给出合格结论。', { answered, quorum })}{answered > given && t('签署的意见在给出结论或要求整改前，只有自治区数据局可以查看。')}</p>
      {panel.length === 0 ? <p className="note">{t('还没有组建验收专家组。')}</p> : <ul className="errors">{groups.map(([title, people]) => <li key={title}>{t('{name}：{text}', { name: title, text: people.map(({ name }) => name).join(t('、')) })}</li>)}</ul>}
    </>
  );
}

function Opinions({ round: { opinions }, open }: Pick<RoundProps, 'round' | 'open'>) {
  if (opinions.length === 0) return open ? null : <p className="note">{t('没有专家意见。')}</p>;
  return (
    <table className="table">
      <caption className="hidden">{t('专家意见')}</caption>
      <thead><tr><th scope="col">{t('专家')}</th><th scope="col">{t('意见')}</th><th scope="col">{t('说明')}</th><th scope="col">{t('署名日期')}</th></tr></thead>
      <tbody>
        {opinions.map(({ expert, name, orgName, verdict, comment, on }) => (
          <tr key={expert}>
            <td data-head={t('专家')}><div>{name}<br /><span className="note">{orgName}</span></div></td>
            <td data-head={t('意见')}><span className={verdict === 'pass' ? 'done' : 'late'}>{choiceName('verdict', verdict)}</span></td>
            <td data-head={t('说明')}><span className="said">{comment}</span></td>
            <td data-head={t('署名日期')}>{on}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Returned({ on, by, reason, lacking }: NonNullable<RoundProps['round']['returned']>) {
  return (
    <>
      <h3>{t('验收申请退回')}</h3>
      <p>{t('{on} {by} 退回：{reason}', { on, by, reason })}</p>
      <ol>{lacking.map((each) => <li key={each}>{each}</li>)}</ol>
    </>
  );
}

function Rectification({ on, reason, demands, report, reportedOn }: NonNullable<RoundProps['round']['rectification']>) {
  return (
    <>
      <h3>{t('整改')}</h3>
      <p>{t('{on} 要求整改：{reason}', { on, reason })}</p>
      <ol>{demands.map((demand) => <li key={demand}>{demand}</li>)}</ol>
      {report !== undefined && <div className="quote">{t('{reportedOn} 报告整改完成：{report}', { reportedOn: reportedOn ?? '', report })}</div>}
    </>
  );
}

function Ending({ ending }: { readonly ending: Building['ending'] }) {
  if (ending === null) return null;
  return (
    <section className="card" aria-labelledby="ending">
      <h2 id="ending">{t('验收结论')}</h2>
      <dl className="facts">
        <dt>{t('结论')}</dt><dd className={ending.result === 'passed' ? 'done' : 'late'}>{ending.result === 'passed' ? t('合格') : t('不合格')}</dd>
        <dt>{t('意见')}</dt><dd>{ending.conclusion}</dd>
        {ending.inspectedOn && <><dt>{t('验收日期')}</dt><dd>{ending.inspectedOn}</dd></>}
        {ending.finalAccountsFen !== undefined && <><dt>{t('竣工决算金额')}</dt><dd>{yuan(ending.finalAccountsFen)}</dd></>}
        <dt>{t('作出结论')}</dt><dd>{t('{orgName} {by}，{on}', { orgName: ending.orgName, by: ending.by, on: ending.on })}</dd>
      </dl>
    </section>
  );
}

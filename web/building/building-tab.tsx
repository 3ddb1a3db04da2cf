import { Alert } from 'antd';
import { useMe } from '../api/queries.ts';
import { useBuilding } from '../api/building-queries.ts';
import type { Case } from '../api/types.ts';
import { Candidates } from '../panel/candidates.tsx';
import { Nothing, Shown } from '../parts/states.tsx';
import { AcceptanceCards } from './acceptance-cards.tsx';
import { ProgressCards } from './progress-cards.tsx';
import { ReportCards } from './report-cards.tsx';
import { t } from '../words/language.ts';
import { flagOf } from '../words/reasons.ts';

/** The construction of a scenario and its acceptance: plan, budget and reports, technologies, inspection and opinions; the Bureau names the panel here. */
export function BuildingTab({ one }: { readonly one: Case }) {
  const read = useBuilding(one.id, one.version);
  const roles = useMe(true).data?.roles ?? [];
  const mayName = one.state.includes('acceptance.inspecting') && roles.some((role) => role === 'bureauOfficer' || role === 'bureauLeader');
  return (
    <Shown read={read} what={t('建设与验收')}>
      {(building) => (
        <>
          {one.progress === undefined && building.application === null && building.irs === null && building.technologies.length === 0 && <Nothing><p>{t('还没有登记立项批复、制定里程碑计划或纳入IRS管理。')}</p></Nothing>}
          <Attention flags={one.flags} />
          {one.progress && <ProgressCards progress={one.progress} />}
          <ReportCards building={building} />
          <AcceptanceCards one={one} building={building} />
          {mayName && <Candidates one={one} />}
        </>
      )}
    </Shown>
  );
}

/** What deserves attention, all in one place. */
function Attention({ flags }: Pick<Case, 'flags'>) {
  if (flags.length === 0) return null;
  return <Alert type="warning" showIcon title={t('有 {count} 项需要关注', { count: flags.length })} description={<ul className="errors">{flags.map((each) => <li key={each.flag}>{flagOf(each)}</li>)}</ul>} />;
}

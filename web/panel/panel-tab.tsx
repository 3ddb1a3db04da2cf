import { useMe } from '../api/queries.ts';
import type { Case } from '../api/types.ts';
import { Nothing } from '../parts/states.tsx';
import { Candidates } from './candidates.tsx';
import { ScoreMatrix } from './score-matrix.tsx';
import { SheetDesk } from './sheet-desk.tsx';
import { t } from '../words/language.ts';

// Whom the API answers about a panel; the others are not asked into a refusal.
const seeing = ['bureauOfficer', 'bureauLeader', 'supervisor'];
const choosing = ['bureauOfficer', 'bureauLeader'];

/** The review of a filing: for the Bureau the sheets side by side and who could be asked, for an expert the own sheet beside the document. */
export function PanelTab({ one }: { readonly one: Case }) {
  const roles = useMe(true).data?.roles ?? [];
  const has = (some: readonly string[]): boolean => roles.some((role) => some.includes(role));
  if (one.offers.some(({ command }) => command === 'submitSheet') && has(['expert'])) return <SheetDesk one={one} />;
  if (!has(seeing)) return <Nothing><p>{t('评审情况只供自治区数据局和监督人员查看；评审专家在这里填写评分表。')}</p></Nothing>;
  return (
    <>
      <ScoreMatrix one={one} />
      {has(choosing) && <Candidates one={one} />}
    </>
  );
}

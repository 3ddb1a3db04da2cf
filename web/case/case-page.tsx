import { Alert, Button } from 'antd';
import { lazy, Suspense, type ComponentType } from 'react';
import { Link, useLocation, useParams } from 'react-router';
import { useCase } from '../api/queries.ts';
import type { Case } from '../api/types.ts';
import { useCollection } from '../parts/use-collection.ts';
import { useInSight } from '../parts/in-sight.ts';
import { useFocusOn } from '../parts/use-focus-on.ts';
import { Page } from '../parts/page.tsx';
import { Loading, Shown, StateTags } from '../parts/states.tsx';
import { atMinute } from '../parts/when.ts';
import { caseTabs, paths, type CaseTab, type Collection } from '../paths.ts';
import { lifecycleName } from '../words/names.ts';
import { t } from '../words/language.ts';

const tabLabels = { summary: '基本情况', rows: '清单', form: '申报书', files: '附件', review: '审查', panel: '评审', building: '建设与验收', revisions: '版本', money: '资金', events: '经过', chart: '流程图', act: '办理' } as const satisfies Record<CaseTab, string>;

interface BodyProps {
  readonly one: Case;
  readonly collection: Collection;
}

// Each tab is loaded when it is opened.
const bodies = {
  summary: lazy(() => import('./summary.tsx').then((module) => ({ default: module.Summary }))),
  rows: lazy(() => import('../lists/rows-tab.tsx').then((module) => ({ default: module.RowsTab }))),
  form: lazy(() => import('./form-tab.tsx').then((module) => ({ default: module.FormTab }))),
  files: lazy(() => import('./files-tab.tsx').then((module) => ({ default: module.FilesTab }))),
  review: lazy(() => import('../review/review-tab.tsx').then((module) => ({ default: module.ReviewTab }))),
  panel: lazy(() => import('../panel/panel-tab.tsx').then((module) => ({ default: module.PanelTab }))),
  building: lazy(() => import('../building/building-tab.tsx').then((module) => ({ default: module.BuildingTab }))),
  revisions: lazy(() => import('../revisions/revisions-tab.tsx').then((module) => ({ default: module.RevisionsTab }))),
  money: lazy(() => import('../money/money-tab.tsx').then((module) => ({ default: module.MoneyTab }))),
  events: lazy(() => import('./events-tab.tsx').then((module) => ({ default: module.EventsTab }))),
  chart: lazy(() => import('./chart-tab.tsx').then((module) => ({ default: module.ChartTab }))),
  act: lazy(() => import('./act-tab.tsx').then((module) => ({ default: module.ActTab }))),
} satisfies Record<CaseTab, ComponentType<BodyProps>>;

/** A case: where it stands, what was filed, what happened, what may be done now. */
export function CasePage() {
  const { id = '', tab = 'summary' } = useParams();
  const collection = useCollection();
  const read = useCase(collection, id);
  return (
    <Shown read={read} what={t('案件')} title={t('没有打开')}>
      {(one) => <OneCase key={one.id} one={one} collection={collection} tab={caseTabs.find((each) => each === tab) ?? 'summary'} />}
    </Shown>
  );
}

interface Props {
  readonly one: Case;
  readonly collection: Collection;
  readonly tab: CaseTab;
}

function OneCase({ one, collection, tab }: Props) {
  const Body = bodies[tab];
  const tabs = useInSight<HTMLUListElement>(tab);
  const { key, state } = useLocation();
  const notice = (state as { readonly notice?: string } | null)?.notice;
  // The button that was pressed is gone; what came of it is the next thing to hear, every time anew.
  const done = useFocusOn<HTMLDivElement>(notice && key);
  return (
    <Page title={one.title || one.id} extra={<Button className="no-print" onClick={() => print()}>{t('打印本页')}</Button>}>
      {notice && <div ref={done} tabIndex={-1}><Alert type="success" showIcon role="status" title={notice} /></div>}
      <p className="note">
        {lifecycleName(one.lifecycle)} · <StateTags lifecycle={one.lifecycle} leaves={one.state} />{one.status === 'done' && ` ${t('已办结')}`} · {t('编号 {id} · 第 {version} 版 · 更新于 {at}', { id: one.id, version: one.version, at: atMinute(one.changedAt) })}
      </p>
      <nav aria-label={t('案件内容')}>
        <ul ref={tabs} className="tabs">
          {tabsFor(one, collection).map((each) => <li key={each}><Link to={paths.one(collection, one.id, each)} aria-current={each === tab ? 'page' : undefined} preventScrollReset>{t(tabLabels[each])}</Link></li>)}
        </ul>
      </nav>
      <Suspense fallback={<Loading what={t(tabLabels[tab])} />}><Body one={one} collection={collection} /></Suspense>
    </Page>
  );
}

// Only filings have a form and files; of them only those by fiscal money are built and accepted under the programme.
const ofFilings: readonly CaseTab[] = ['form', 'files', 'review', 'panel', 'building', 'revisions', 'money'];

function tabsFor({ lifecycle }: Case, collection: Collection): readonly CaseTab[] {
  if (collection === 'scenarios') return caseTabs.filter((tab) => tab !== 'rows' && (tab !== 'building' || lifecycle === 'governmentInvestment'));
  return caseTabs.filter((tab) => !ofFilings.includes(tab) && (tab !== 'rows' || collection === 'lists'));
}

import { Alert, Button } from 'antd';
import { Link, useLocation, useParams } from 'react-router';
import { lifecycleLabels } from '../../machines/labels.zh.ts';
import { useCase } from '../api/queries.ts';
import type { Case } from '../api/types.ts';
import { FormView } from '../filing/form-view.tsx';
import { pagesOf } from '../filing/forms.ts';
import { useCollection } from '../pages/list-page.tsx';
import { Page } from '../parts/page.tsx';
import { Nothing, Shown, StateTags } from '../parts/states.tsx';
import { atMinute } from '../parts/when.ts';
import { caseTabs, paths, type CaseTab, type Collection } from '../paths.ts';
import { ActTab } from './act-tab.tsx';
import { isMarkedField } from './marks.ts';
import { ChartTab } from './chart-tab.tsx';
import { DocumentsLine } from './documents-line.tsx';
import { EventsTab } from './events-tab.tsx';
import { FilesTab } from './files-tab.tsx';
import { Summary } from './summary.tsx';

const tabLabels = { summary: '基本情况', form: '申报书', files: '附件', events: '经过', chart: '流程图', act: '办理' } as const satisfies Record<CaseTab, string>;

/** A case: where it stands, what was filed, what happened, what may be done now. */
export function CasePage() {
  const { id = '', tab = 'summary' } = useParams();
  const collection = useCollection();
  const read = useCase(collection, id);
  return (
    <Shown read={read} what="案件" title="没有打开">
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
  const notice = (useLocation().state as { readonly notice?: string } | null)?.notice;
  return (
    <Page title={one.title || one.id} extra={<Button className="no-print" onClick={() => print()}>打印本页</Button>}>
      {notice && <Alert type="success" showIcon role="status" title={notice} />}
      <p className="note">
        {lifecycleLabels[one.lifecycle]} · <StateTags lifecycle={one.lifecycle} leaves={one.state} />{one.status === 'done' && ' 已办结'} · 编号 {one.id} · 第 {one.version} 版 · 更新于 {atMinute(one.changedAt)}
      </p>
      <nav aria-label="案件内容">
        <ul className="tabs">
          {tabsFor(collection).map((each) => <li key={each}><Link to={paths.one(collection, one.id, each)} aria-current={each === tab ? 'page' : undefined} preventScrollReset>{tabLabels[each]}</Link></li>)}
        </ul>
      </nav>
      <TabBody one={one} collection={collection} tab={tab} />
    </Page>
  );
}

// Batches and recoveries have no form and no files.
function tabsFor(collection: Collection): readonly CaseTab[] {
  return collection === 'scenarios' ? caseTabs : caseTabs.filter((tab) => tab !== 'form' && tab !== 'files');
}

function TabBody({ one, collection, tab }: Props) {
  switch (tab) {
    case 'summary':
      return <Summary one={one} collection={collection} />;
    case 'form':
      return one.form ? <><DocumentsLine one={one} /><p className="note">保存于 {atMinute(one.form.savedAt)}</p><FormView pages={pagesOf(one.lifecycle)} form={one.form.form} isMarked={(field) => isMarkedField(one, field)} /></> : <Nothing><p>还没有填写。</p></Nothing>;
    case 'files':
      return <FilesTab one={one} />;
    case 'events':
      return <EventsTab one={one} collection={collection} />;
    case 'chart':
      return <ChartTab one={one} collection={collection} />;
    case 'act':
      return <ActTab one={one} collection={collection} />;
  }
}

import { Alert } from 'antd';
import { Link, useParams } from 'react-router';
import { latestMarks, marksOf } from '../case/marks.ts';
import { useCase, useEvents } from '../api/queries.ts';
import type { Case } from '../api/types.ts';
import { Page } from '../parts/page.tsx';
import { Shown } from '../parts/states.tsx';
import { paths } from '../paths.ts';
import { lifecycleName } from '../words/names.ts';
import { CheckPage } from './check-page.tsx';
import { ConflictChoice } from './conflict-choice.tsx';
import { useDraft } from './draft.ts';
import { FilesPage } from './files-page.tsx';
import { pagesOf } from './forms.ts';
import { QuestionPage } from './question-page.tsx';
import { SavedLine } from './saved-line.tsx';
import { TaskList } from './task-list.tsx';
import { t } from '../words/language.ts';
import { whyNot } from '../words/reasons.ts';

/** The declaration: a list of tasks, one matter on each page, kept as it is typed. */
export function FilingPage() {
  const { id = '' } = useParams();
  const read = useCase('scenarios', id);
  return <Shown read={read} what={t('申报')} title={t('没有打开')}>{(one) => <Filing key={one.id} one={one} />}</Shown>;
}

function Filing({ one }: { readonly one: Case }) {
  const { page: wanted } = useParams();
  const may = (command: string): boolean => one.offers.some((offer) => offer.command === command && offer.allowed);
  const draft = useDraft(one, may('saveForm'));
  const events = useEvents('scenarios', one.id);
  const pages = pagesOf(one.lifecycle);
  const page = pages.find((each) => each.id === wanted);
  const marks = marksOf(one).length > 0 ? latestMarks(events.data ?? []) : [];
  const mayEdit = may('saveForm') || may('amendForm');
  return (
    <Page title={page?.title ?? (wanted === 'files' ? t('附件') : wanted === 'check' ? t('检查并提交') : t('申报：{title}', { title: one.title || t('未命名场景') }))} extra={<SavedLine draft={draft} />}>
      <p className="note">{lifecycleName(one.lifecycle)} · <Link to={paths.one('scenarios', one.id)}>{one.title || one.id}</Link>{wanted && <> · <Link to={paths.filing(one.id)}>{t('返回任务列表')}</Link></>}</p>
      {!mayEdit && <Alert type="info" showIcon title={t('现在不能修改申报书')} description={whyNot(one.offers.find((offer) => offer.command === 'saveForm')) ?? t('申报已进入办理；进展请看场景页。')} />}
      {marks.length > 0 && <Alert type="warning" showIcon title={t('退回补正：请修改标出的 {count} 处', { count: marks.length })} description={t('其他部分保持原样。改好后到“检查并提交”再次提交。')} />}
      {draft.saved.state === 'conflict' && <ConflictChoice met={draft.saved.met} pages={pages} onSettle={draft.settle} />}
      {page
        ? <QuestionPage key={page.id} one={one} page={page} pages={pages} draft={draft} marks={marks} mayEdit={mayEdit} />
        : wanted === 'files'
          ? <FilesPage one={one} />
          : wanted === 'check'
            ? <CheckPage one={one} pages={pages} draft={draft} />
            : <TaskList one={one} pages={pages} draft={draft} marks={marks} />}
    </Page>
  );
}

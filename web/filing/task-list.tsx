import { Link } from 'react-router';
import { useFiles } from '../api/queries.ts';
import type { Case } from '../api/types.ts';
import type { Mark } from '../case/marks.ts';
import { paths } from '../paths.ts';
import { gapsOf, gapsOn } from './checking.ts';
import type { Draft } from './draft.ts';
import { askedFor, type FormPage } from './fields.ts';
import { t } from '../words/language.ts';

interface Props {
  readonly one: Case;
  readonly pages: readonly FormPage[];
  readonly draft: Draft;
  readonly marks: readonly Mark[];
}

/** What is to be done for the filing, with how far each part is. */
export function TaskList({ one, pages, draft, marks }: Props) {
  const gaps = gapsOf(one.lifecycle, draft.form);
  const files = useFiles(one.id).data;
  const marked = (page: FormPage): number => new Set(marks.flatMap((mark) => { const found = askedFor(pages, mark.pointer); return found?.page.id === page.id ? [found.field.pointer] : []; })).size;
  return (
    <section className="card">
      <ol className="tasks">
        {pages.map((page) => {
          const missing = new Set(gapsOn(pages, page, gaps).map((gap) => askedFor(pages, gap.pointer)?.field.pointer)).size;
          return (
            <li key={page.id}>
              <span><Link to={paths.filingPage(one.id, page.id)}>{page.title}</Link><br /><span className="note">{page.official ?? t('系统字段，不在官方表上')}</span></span>
              <Status missing={missing} marked={marked(page)} />
            </li>
          );
        })}
        <li>
          <span><Link to={paths.filingPage(one.id, 'files')}>{t('附件')}</Link><br /><span className="note">{one.lifecycle === 'socialInvestment' ? t('附件2 第三部分，六类') : t('政府投资类不要求附件')}</span></span>
          <Status missing={files?.missing.length ?? 0} marked={marks.filter((mark) => mark.pointer.startsWith('/attachments/')).length} />
        </li>
        <li>
          <span><Link to={paths.filingPage(one.id, 'check')}>{t('检查并提交')}</Link></span>
          <span className="todo">{gaps.length + (files?.missing.length ?? 0) === 0 ? t('可以提交') : t('填完后提交')}</span>
        </li>
      </ol>
    </section>
  );
}

function Status({ missing, marked }: { readonly missing: number; readonly marked: number }) {
  if (marked > 0) return <strong className="soon">{t('须补正 {marked} 处', { marked })}</strong>;
  return missing === 0 ? <span className="done">{t('✓ 已填写')}</span> : <span className="todo">{t('还缺 {missing} 项', { missing })}</span>;
}

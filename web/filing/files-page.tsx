import type { Case } from '../api/types.ts';
import { FilesTab } from '../case/files-tab.tsx';
import { LinkButton } from '../parts/link-button.tsx';
import { paths } from '../paths.ts';
import { t } from '../words/language.ts';

/** The attachments as a page of the declaration. */
export function FilesPage({ one }: { readonly one: Case }) {
  return (
    <>
      <FilesTab one={one} />
      <div className="buttons"><LinkButton to={paths.filingPage(one.id, 'check')} primary>{t('继续：检查并提交')}</LinkButton></div>
    </>
  );
}

import { Button } from 'antd';
import { Link } from 'react-router';
import type { Case } from '../api/types.ts';
import { FilesTab } from '../case/files-tab.tsx';
import { paths } from '../paths.ts';

/** The attachments as a page of the declaration. */
export function FilesPage({ one }: { readonly one: Case }) {
  return (
    <>
      <FilesTab one={one} />
      <div className="buttons"><Link to={paths.filingPage(one.id, 'check')}><Button type="primary" tabIndex={-1}>继续：检查并提交</Button></Link></div>
    </>
  );
}

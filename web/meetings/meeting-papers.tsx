import { Button } from 'antd';
import { useState } from 'react';
import { download } from '../api/client.ts';
import { LinkButton } from '../parts/link-button.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { paths } from '../paths.ts';
import { t } from '../words/language.ts';

/** For the chosen scenarios: what goes into the meeting that selects them, and the way to its record afterwards. */
export function MeetingPapers({ ids }: { readonly ids: readonly string[] }) {
  const [error, setError] = useState<unknown>();
  const fetchFile = (format: 'docx' | 'pdf') => {
    setError(undefined);
    download(`/selection-summary.${format}?ids=${ids.join(',')}`, `${t('评审情况汇总')}.${format}`).catch(setError);
  };
  return (
    <section className="card no-print" aria-labelledby="meeting-papers">
      <h2 id="meeting-papers">{t('遴选会议')}</h2>
      <p className="note">{t('会前下载评审情况汇总；作出决定以后登记会议，生成带核验码的会议纪要。')}</p>
      <p className="buttons">
        <Button onClick={() => fetchFile('docx')}>{t('评审情况汇总（Word）')}</Button>
        <Button onClick={() => fetchFile('pdf')}>{t('评审情况汇总（PDF）')}</Button>
        <LinkButton to={paths.meetings(ids)}>{t('登记遴选会议')}</LinkButton>
      </p>
      {error !== undefined && <ProblemAlert error={error} />}
    </section>
  );
}

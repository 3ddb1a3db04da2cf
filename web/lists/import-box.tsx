import { Alert, Button } from 'antd';
import { useId, useState } from 'react';
import { download, freshKey, sendWorkbook } from '../api/client.ts';
import { afterDecision } from '../api/queries.ts';
import type { Case, Writes } from '../api/types.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { t } from '../words/language.ts';

type Reading = Writes['/annex1/check']['answer'];

/** Takes a filled-in workbook: it is checked cell by cell first, and goes into the list whole or not at all. */
export function ImportBox({ one, version }: { readonly one: Case; readonly version: number }) {
  const field = useId();
  const [file, setFile] = useState<File>();
  const [reading, setReading] = useState<Reading>();
  const [error, setError] = useState<unknown>();
  const take = async (chosen: File | undefined) => {
    setFile(chosen);
    setReading(undefined);
    setError(undefined);
    if (chosen) setReading((await sendWorkbook('/annex1/check', chosen)) as Reading);
  };
  const bring = async () => {
    if (!file) return;
    await sendWorkbook(`/lists/${one.id}/import`, file, { 'if-match': `"${version}"`, 'idempotency-key': freshKey() });
    setFile(undefined);
    setReading(undefined);
    await afterDecision('lists', one.id);
  };
  return (
    <section className="card no-print" aria-labelledby="import">
      <h2 id="import">{t('从Excel导入')}</h2>
      <p className="note">{t('使用附件1的样式，12列，可含多行。')}<button type="button" className="link" onClick={() => void download('/annex1/template.xlsx', t('附件1空白表.xlsx')).catch(setError)}>{t('下载空白表')}</button></p>
      <input id={field} className="hidden" type="file" accept=".xlsx" onChange={(event) => { take(event.target.files?.[0]).catch(setError); event.target.value = ''; }} />
      <label htmlFor={field} className="choose">{t('选择工作簿')}<span className="hidden">{t('（xlsx）')}</span></label>
      {file && <span> {file.name}</span>}
      {error !== undefined && <ProblemAlert error={error} />}
      {reading && !reading.ok && (
        <Alert type="error" showIcon role="alert" title={t('有 {count} 格不正确，什么也没有导入', { count: reading.wrong.length })}
          description={<ul className="errors">{reading.wrong.map(({ cell, detail }) => <li key={cell + detail}><b>{cell}</b>{t('：{text}', { text: detail })}</li>)}</ul>} />
      )}
      {reading?.ok && <Alert type="success" showIcon title={t('共 {count} 行，没有错误', { count: reading.rows.length })} description={reading.head.unit && t('{name}：{text}', { name: t('申报单位'), text: reading.head.unit })} action={<Button type="primary" onClick={() => void bring().catch(setError)}>{t('导入这 {count} 行', { count: reading.rows.length })}</Button>} />}
    </section>
  );
}

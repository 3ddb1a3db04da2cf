import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useMemo, useState } from 'react';
import { freshKey, read, Refused, write } from '../api/client.ts';
import { queryClient } from '../api/queries.ts';
import type { Json, Reads, Writes } from '../api/types.ts';
import { FieldInput } from '../forms/field-input.tsx';
import { useKept } from '../parts/kept.ts';
import { LinkButton } from '../parts/link-button.tsx';
import { Page } from '../parts/page.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Shown } from '../parts/states.tsx';
import { atMinute } from '../parts/when.ts';
import { paths } from '../paths.ts';
import { t } from '../words/language.ts';
import { valueAt, withValue, type Field } from './fields.ts';

type Profile = Reads['/unit-profile']['answer'];
type Draft = { readonly [name: string]: Json };

const key = ['unit-profile'];

const fields = (): readonly Field[] => [
  { pointer: '/contact/name', label: t('联系人'), kind: 'line', optional: true },
  { pointer: '/contact/phone', label: t('联系电话'), kind: 'line', optional: true },
  { pointer: '/projectLead', label: t('项目负责人'), kind: 'line', optional: true },
  { pointer: '/legalRepresentative', label: t('法定代表人'), kind: 'line', optional: true },
  { pointer: '/address', label: t('地址'), kind: 'line', optional: true },
  { pointer: '/cooperatingUnits', label: t('合作单位'), kind: 'units', optional: true },
];

/** What the unit files again and again: new filings may take a copy of it, running ones never change with it. */
export function ProfilePage() {
  const profile = useQuery({ queryKey: key, queryFn: () => read('/unit-profile') });
  return <Shown read={profile} what={t('本单位资料')} title={t('本单位资料')}>{(found) => <Editing key={found.version} found={found} />}</Shown>;
}

function Editing({ found }: { readonly found: Profile }) {
  const [draft, setDraft, forget] = useKept<Draft>(`profile.${found.version}`, found.profile as Draft);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  // oxlint-disable-next-line react/exhaustive-deps -- the key belongs to what is sent
  const sent = useMemo(freshKey, [draft]);
  const save = async () => {
    setBusy(true);
    setError(undefined);
    try {
      queryClient.setQueryData(key, await write('/unit-profile', {}, draft as Writes['/unit-profile']['body'], sent, found.version));
      forget();
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };
  const wrong = error instanceof Refused ? (error.document.errors ?? []) : [];
  const stale = error instanceof Refused && error.kind === 'stale-version';
  const all = fields();
  return (
    <Page title={t('本单位资料')} extra={<LinkButton to={paths.newFiling}>{t('新建申报')}</LinkButton>}>
      <p className="note">{t('新建或复制申报时，可以用这里的内容补齐空白处；以后修改，不影响已有的申报。名称、统一社会信用代码和所在地按登记的单位信息。')}</p>
      {found.by && found.savedAt && <p className="note" role="status">{t('{name} 于 {at} 保存', { name: found.by.name, at: atMinute(found.savedAt) })}</p>}
      <form className="card" noValidate onSubmit={(event) => { event.preventDefault(); void save(); }}>
        {all.map((field) => <FieldInput key={field.pointer} field={field} value={valueAt(draft, field.pointer)} onChange={(value) => setDraft(withValue(draft, field.pointer, value))} errors={wrong.filter(({ pointer }) => pointer === field.pointer).map(({ detail }) => detail)} />)}
        {stale && <Alert type="warning" showIcon role="alert" title={t('同事刚刚保存过')} action={<Button onClick={() => void queryClient.invalidateQueries({ queryKey: key })}>{t('读取最新内容')}</Button>} />}
        {error !== undefined && !stale && <ProblemAlert error={error} words={(pointer) => all.find((field) => pointer.startsWith(field.pointer))?.label ?? pointer} />}
        <div className="buttons"><Button type="primary" htmlType="submit" loading={busy}>{t('保存资料')}</Button></div>
      </form>
    </Page>
  );
}

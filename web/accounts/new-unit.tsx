import { Button, Input } from 'antd';
import { useState } from 'react';
import { departments } from '../../shared/sectors.ts';
import { freshKey, write } from '../api/client.ts';
import { DivisionInput } from '../forms/division-input.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { t } from '../words/language.ts';
import type { Accounts } from './accounts.ts';

const kindNames = { enterprise: '企业', publicInstitution: '事业单位', research: '科研机构', socialOrganisation: '社会组织', government: '机关' } as const;
type Kind = keyof typeof kindNames;

const blank = { name: '', kind: 'enterprise' as Kind, uscc: '', division: '', sector: '', person: '', admin: '', reason: '' };
type Draft = typeof blank;

/** Registers a unit that has not been here before, with the administrator of its accounts. */
export function NewUnit({ onDone }: { readonly onDone: (answer: Accounts, words: string) => Promise<void> }) {
  const [draft, setDraft] = useState(blank);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const send = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const { sector, person, admin, ...said } = draft;
      const answer = await write('/units', {}, { ...said, uscc: said.uscc.trim().toUpperCase(), ...(sector && { sector }), admin: { person, name: admin } }, freshKey());
      setDraft(blank);
      await onDone(answer, t('已登记 {name}。', { name: said.name }));
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  const field = (name: Exclude<keyof Draft, 'kind' | 'division' | 'sector'>) => (
    <div className="field"><label htmlFor={`unit-${name}`}>{t(fieldNames[name])}</label><Input id={`unit-${name}`} autoComplete="off" value={draft[name]} onChange={(event) => setDraft({ ...draft, [name]: event.target.value })} /></div>
  );
  return (
    <form className="card" noValidate aria-labelledby="new-unit" onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <h2 id="new-unit">{t('登记新单位')}</h2>
      <div className="row">{field('name')}{field('uscc')}</div>
      <div className="row">
        <div className="field"><label htmlFor="unit-kind">{t(fieldNames.kind)}</label>
          <select id="unit-kind" value={draft.kind} onChange={(event) => setDraft({ ...draft, kind: event.target.value as Kind })}>{(Object.keys(kindNames) as Kind[]).map((kind) => <option key={kind} value={kind}>{t(kindNames[kind])}</option>)}</select>
        </div>
        <div className="field"><label htmlFor="unit-sector">{t(fieldNames.sector)}</label>
          <select id="unit-sector" value={draft.sector} onChange={(event) => setDraft({ ...draft, sector: event.target.value })}><option value="">{t('请选择')}</option>{departments.map((each) => <option key={each.id} value={each.id}>{each.short}</option>)}</select>
        </div>
      </div>
      <div className="field"><label htmlFor="unit-division">{t(fieldNames.division)}</label><DivisionInput id="unit-division" describedBy={undefined} disabled={false} invalid={false} label={t(fieldNames.division)} value={draft.division} onChange={(value) => setDraft({ ...draft, division: typeof value === 'string' ? value : '' })} /></div>
      <div className="row">{field('person')}{field('admin')}</div>
      {field('reason')}
      {error !== undefined && <ProblemAlert error={error} words={wordsOf} />}
      <div className="buttons"><Button type="primary" htmlType="submit" loading={busy}>{t('登记新单位')}</Button></div>
    </form>
  );
}

const fieldNames = { name: '单位名称', kind: '单位性质', uscc: '统一社会信用代码', division: '所在地', sector: '行业主管部门（可不填）', person: '管理员账号', admin: '管理员姓名', reason: '登记依据' } as const satisfies Record<keyof Draft, string>;

function wordsOf(pointer: string): string {
  const name = { '/admin/person': 'person', '/admin/name': 'admin' }[pointer] ?? pointer.slice(1);
  return Object.hasOwn(fieldNames, name) ? t(fieldNames[name as keyof Draft]) : t('单位');
}

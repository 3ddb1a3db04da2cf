import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { freshKey, write } from '../api/client.ts';
import { keys, queryClient } from '../api/queries.ts';
import { LinkButton } from '../parts/link-button.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { paths, type CopyKind } from '../paths.ts';
import { t } from '../words/language.ts';
import { lifecycleName } from '../words/names.ts';

interface Props {
  readonly kind: CopyKind;
  readonly source: { readonly id: string; readonly title: string; readonly unit: string; readonly lifecycle: string };
}

const classes = ['governmentInvestment', 'socialInvestment'] as const;

/** What is taken over, as decision 0022 has it; the API copies. */
const taken = {
  refiling: '表单按最后保存的内容复制；换类别时，只复制两类共有的内容。不涉密声明、注册声明、审核意见和申报日期须重新填写；附件不复制。',
  replication: '复制需求、应用架构和改革内容，并在“谋划基础”中写明所参考的案例；投资、人员、实施地和责任单位由本单位填写；附件不复制。',
} as const satisfies Record<CopyKind, string>;

/** Begins the new filing from the chosen one: of which class, and whether blanks are filled from what the unit keeps of itself. */
export function CopyForm({ kind, source }: Props) {
  const navigate = useNavigate();
  const [lifecycle, setLifecycle] = useState<(typeof classes)[number]>(source.lifecycle === 'socialInvestment' ? 'socialInvestment' : 'governmentInvestment');
  const [profile, setProfile] = useState(false);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  // A wish that has changed is another write.
  const [key, setKey] = useState(freshKey);
  const choose = (change: () => void) => { change(); setKey(freshKey()); };
  const begin = async () => {
    setBusy(true);
    setError(undefined);
    const one = await write('/scenarios', {}, { lifecycle, from: { kind, case: source.id }, ...(profile ? { profile } : {}) }, key);
    await Promise.all([keys.tasks, keys.lists, ['lineage', source.id]].map((queryKey) => queryClient.invalidateQueries({ queryKey: [...queryKey] })));
    await navigate(paths.filing(one.id));
  };
  return (
    <form className="card" onSubmit={(event) => { event.preventDefault(); begin().catch((caught: unknown) => { setError(caught); setBusy(false); }); }}>
      <h2>{kind === 'refiling' ? t('复制以前的申报') : t('复制推广案例')}</h2>
      <p><b>{source.title}</b> <span className="note">{source.unit} · {lifecycleName(source.lifecycle)}</span></p>
      <p className="note">{t(taken[kind])}</p>
      <fieldset className="field">
        <legend>{t('新申报的类别')}</legend>
        <div className="checks">{classes.map((each) => <label key={each}><input type="radio" name="class" checked={lifecycle === each} onChange={() => choose(() => setLifecycle(each))} />{lifecycleName(each)}</label>)}</div>
      </fieldset>
      <div className="field checks"><label><input type="checkbox" checked={profile} onChange={(event) => choose(() => setProfile(event.target.checked))} />{t('空白处用本单位资料补齐')}</label> <Link to={paths.unitProfile}>{t('本单位资料')}</Link></div>
      {error !== undefined && <ProblemAlert error={error} />}
      <div className="buttons">
        <Button type="primary" htmlType="submit" loading={busy}>{t('以此开始填写')}</Button>
        <LinkButton to={paths.copyFiling(kind)}>{t('另选一个')}</LinkButton>
      </div>
    </form>
  );
}

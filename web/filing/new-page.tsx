import { Alert, Button, Input } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { freshKey, write } from '../api/client.ts';
import { keys, queryClient, useMe } from '../api/queries.ts';
import type { Json } from '../api/types.ts';
import { cleanLine } from '../forms/clean-text.ts';
import { LinkButton } from '../parts/link-button.tsx';
import { Page } from '../parts/page.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { paths } from '../paths.ts';
import { lifecycleName } from '../words/names.ts';
import { t } from '../words/language.ts';
import { begun, routeOf, type Answers } from './class-picker.ts';

type Yes = 'yes' | 'no';

/** Which class is it, and may it be filed at all: a few questions on one page; what cannot be filed stops here, with the article. */
export function NewPage() {
  const me = useMe(true).data;
  const navigate = useNavigate();
  const [answers, setAnswers] = useState<Answers>({});
  const [name, setName] = useState('');
  const [profile, setProfile] = useState(false);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  // The same wish is the same write, however often it is sent; a changed one is another.
  // oxlint-disable-next-line react/exhaustive-deps -- the key belongs to what is sent
  const key = useMemo(freshKey, [answers, name, profile]);
  const route = routeOf(answers, me?.org.kind);
  const set = (change: Answers): void => setAnswers({ ...answers, ...change });
  const begin = async () => {
    if (!me || route.state !== 'ready') return;
    setBusy(true);
    setError(undefined);
    const form = begun(route.lifecycle, name, answers, me) as { readonly [name: string]: Json };
    const one = await write('/scenarios', {}, { lifecycle: route.lifecycle, form, ...(profile ? { profile } : {}) }, key);
    await Promise.all([keys.tasks, keys.lists].map((queryKey) => queryClient.invalidateQueries({ queryKey })));
    await navigate(paths.filing(one.id));
  };
  return (
    <Page title={t('新建申报')} extra={<span className="row"><LinkButton to={paths.copyFiling('refiling')}>{t('复制以前的申报')}</LinkButton><LinkButton to={paths.copyFiling('replication')}>{t('复制推广案例')}</LinkButton><LinkButton to={paths.unitProfile}>{t('本单位资料')}</LinkButton></span>}>
      <section className="choices">
        <div className="card"><h2>{lifecycleName('governmentInvestment')}</h2><p>{t('用地方财政资金建设（第七条）。拟建、已建都可以。填写附件1的一行，由所在设区市或行业主管部门汇总后报送。有验收和评估，奖励分两次拨付。')}</p></div>
        <div className="card"><h2>{lifecycleName('socialInvestment')}</h2><p>{t('企业、科研机构、社会组织等用自己的资金建设，须已建成（第十三条）。填写附件2并上传六类附件，由设区市或行业主管部门审核后报送。补助一次拨付。')}</p></div>
      </section>
      <form className="card" onSubmit={(event) => { event.preventDefault(); begin().catch(setError).finally(() => setBusy(false)); }}>
        <Question legend={t('场景是否涉及国家秘密？')} value={answers.secret} onChange={(secret) => set({ secret })} />
        {answers.secret !== 'yes' && <Question legend={t('场景是否在广西实施？')} value={answers.inGuangxi} onChange={(inGuangxi) => set({ inGuangxi })} />}
        {answers.secret !== 'yes' && answers.inGuangxi !== 'no' && (
          <>
            <Question legend={t('建设资金中是否有地方财政资金？')} value={answers.fiscal} onChange={(fiscal) => set({ fiscal })} hint={t('事后申请的奖励、补助不算。')} />
            <Question legend={t('场景是否已经建成？')} value={answers.built} onChange={(built) => set({ built })} />
          </>
        )}
        {route.state === 'stopped' && <Alert type="error" showIcon role="alert" title={t('不能申报')} description={t('{name}（{aside}）', { name: t(route.why), aside: t(route.article) })} />}
        {route.state === 'ready' && (
          <>
            <Alert type="success" showIcon title={t('属于{name}', { name: lifecycleName(route.lifecycle) })} description={t(route.next)} />
            <div className="field"><label htmlFor="name">{t('场景名称')}</label><Input id="name" value={name} onChange={(event) => setName(cleanLine(event.target.value))} /></div>
            <div className="field checks"><label><input type="checkbox" checked={profile} onChange={(event) => setProfile(event.target.checked)} />{t('空白处用本单位资料补齐')}</label></div>
            {error !== undefined && <ProblemAlert error={error} />}
            <Button type="primary" htmlType="submit" loading={busy} disabled={name.trim() === ''}>{t('开始填写')}</Button>
          </>
        )}
      </form>
    </Page>
  );
}

function Question({ legend, value, hint, onChange }: { readonly legend: string; readonly value: Yes | undefined; readonly hint?: string; readonly onChange: (value: Yes) => void }): ReactNode {
  return (
    <fieldset className="field">
      <legend>{legend}</legend>
      {hint && <p className="hint">{hint}</p>}
      <div className="checks">
        <label><input type="radio" name={legend} checked={value === 'yes'} onChange={() => onChange('yes')} />{t('是')}</label>
        <label><input type="radio" name={legend} checked={value === 'no'} onChange={() => onChange('no')} />{t('否')}</label>
      </div>
    </fieldset>
  );
}

import { Button, Input } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useVerification } from '../api/queries.ts';
import { Page } from '../parts/page.tsx';
import { Shown } from '../parts/states.tsx';
import { atMinute } from '../parts/when.ts';
import { paths } from '../paths.ts';
import { t } from '../words/language.ts';
import { verificationCode } from './verification-code.ts';

const forms = { annex1: '附件1 多跨数字应用场景清单', annex2: '附件2 广西数字应用场景申报书', acceptance: '数字应用场景验收证书', list: '广西数字应用场景清单', extract: '广西数字应用场景清单节录', minutes: '广西数字应用场景遴选会议纪要', recoveryNotice: '资金收回告知书', recoveryDecision: '资金收回决定书', recoveryDemand: '资金缴回通知书', evaluations: '广西数字应用场景成效评估报告' } as const;

/** Anybody who holds a print asks what its code stands for, and whether it still holds. */
export function VerifyPage() {
  const { code = '' } = useParams();
  const [typed, setTyped] = useState(code);
  const navigate = useNavigate();
  const found = useVerification(code);
  return (
    <Page title={t('核验文件')}>
      <form className="card" onSubmit={(event) => { event.preventDefault(); void navigate(paths.verify(verificationCode(typed))); }}>
        <div className="field">
          <label htmlFor="code">{t('核验码')}</label>
          <p className="hint" id="code-hint">{t('印在由系统出具的官方表单文件上。')}</p>
          <Input id="code" aria-describedby="code-hint" value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </div>
        <Button type="primary" htmlType="submit" disabled={typed.trim() === ''}>{t('核验')}</Button>
      </form>
      {code !== '' && (
        <Shown read={found} what={t('核验结果')}>
          {(print) => (
            <section className="card" aria-label={t('核验结果')}>
              <dl className="facts">
                <dt>{t('文件')}</dt><dd>{t(forms[print.form])}</dd>
                <dt>{t('场景')}</dt><dd>{print.scenario}</dd>
                <dt>{t('形成时间')}</dt><dd>{atMinute(print.at)}</dd>
                <dt>{t('内容是否有变')}</dt><dd>{print.unchanged ? t('此后内容没有变化') : t('此后内容有修改，请索取新的文件')}</dd>
                {print.form !== 'evaluations' && <><dt>{t('此后是否有办理')}</dt><dd>{print.latest ? t('没有') : t('有')}</dd></>}
                <dt>{t('内容摘要')}</dt><dd>SHA-256 {print.content.sha256}<br />SM3 {print.content.sm3}</dd>
              </dl>
            </section>
          )}
        </Shown>
      )}
    </Page>
  );
}

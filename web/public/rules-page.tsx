import { lifecycleLabels } from '../../machines/labels.zh.ts';
import { Page } from '../parts/page.tsx';
import { t } from '../words/language.ts';
import { lifecycleName } from '../words/names.ts';

/** The programme's rules and flowcharts, for anybody: all derived from the same statecharts that decide. */
export function RulesPage() {
  return (
    <Page title={t('规则与流程图')}>
      <section className="card">
        <p>{t('依据《广西数字应用场景建设管理办法（征求意见稿）》运行。办法没有写明的，按系统公开的实施口径办理，并在每次办理中注明。')}</p>
        <ul>
          <li><a href="/derived/handbook.zh.html">{t('工作手册')}</a>{t('：每个环节由谁办理、期限和依据')}</li>
          <li><a href="/derived/permissions.html">{t('权限表')}</a>{t('：哪个角色在哪个环节可以办理什么')}</li>
          <li><a href="/derived/transitions.html">{t('环节流转表')}</a></li>
          <li><a href="/docs">{t('接口说明')}</a></li>
        </ul>
      </section>
      {Object.keys(lifecycleLabels).map((name) => [name, lifecycleName(name)] as const).map(([name, label]) => (
        <section key={name} className="card" aria-label={t('{label}流程图', { label })}>
          <h2>{t('{label}流程图', { label })}</h2>
          <p><a href={`/derived/${name}.svg`}>{t('单独打开（可打印为A3）')}</a></p>
          <div className="chart" tabIndex={0} role="group" aria-label={t('{label}流程图', { label })}><img className="picture" src={`/derived/${name}.svg`} alt={t('{label}流程图，文字内容见工作手册', { label })} loading="lazy" /></div>
        </section>
      ))}
    </Page>
  );
}

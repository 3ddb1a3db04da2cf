import { lifecycleLabels } from '../../machines/labels.zh.ts';
import { Page } from '../parts/page.tsx';

/** The programme's rules and flowcharts, for anybody: all derived from the same statecharts that decide. */
export function RulesPage() {
  return (
    <Page title="规则与流程图">
      <section className="card">
        <p>依据《广西数字应用场景建设管理办法（征求意见稿）》运行。办法没有写明的，按系统公开的实施口径办理，并在每次办理中注明。</p>
        <ul>
          <li><a href="/derived/handbook.zh.html">工作手册</a>：每个环节由谁办理、期限和依据</li>
          <li><a href="/derived/permissions.html">权限表</a>：哪个角色在哪个环节可以办理什么</li>
          <li><a href="/derived/transitions.html">环节流转表</a></li>
          <li><a href="/docs">接口说明</a></li>
        </ul>
      </section>
      {Object.entries(lifecycleLabels).map(([name, label]) => (
        <section key={name} className="card" aria-label={`${label}流程图`}>
          <h2>{label}流程图</h2>
          <p><a href={`/derived/${name}.svg`}>单独打开（可打印为A3）</a></p>
          <div className="chart" tabIndex={0} role="group" aria-label={`${label}流程图`}><img className="picture" src={`/derived/${name}.svg`} alt={`${label}流程图，文字内容见工作手册`} loading="lazy" /></div>
        </section>
      ))}
    </Page>
  );
}

import { articleWords } from '../../machines/derive/words.ts';
import { commandLabels, eventLabel, lifecycleLabels, roleLabels, stateLabel } from '../../machines/labels.zh.ts';
import { lifecycles } from '../../machines/lifecycles.ts';
import { caseScript } from './case-script.ts';
import { scriptJson } from './html.ts';
import { startScript } from './start-script.ts';
import { startStyle } from './start-style.ts';
import { phasePaths, referencesOf } from './state-paths.ts';

/** What the start page must know about signing in; without an issuer it asks for a token. */
export interface SignIn {
  readonly issuer: string | undefined;
  readonly client: string;
  /** Where attachments are put and fetched: a page may talk to it. */
  readonly files?: string | undefined;
}

const charts = Object.keys(lifecycles) as (keyof typeof lifecycles)[];

/** The plain page at `/` in front of the console: leads to it, to the API page, the flowcharts, the published lists, and, once signed in, to the to-do list and the scenarios. `#/scenarios/<id>` and `#/published/<half>` show one of them. */
export function startPage(signIn: SignIn): (nonce: string) => string {
  const links = charts.map((name) => `<li><a href="/derived/${name}.svg">${lifecycleLabels[name]}流程图</a></li>`).join('');
  return (nonce) => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>桂景 · 广西数字应用场景</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<style>${startStyle}</style>
</head>
<body>
<header><h1>桂景 <small>广西数字应用场景建设管理</small></h1><p class="draft">依据《办法》征求意见稿运行</p></header>
<main>
<section><h2>办理</h2><p><a class="enter" href="/console">进入办理界面</a>：申报、待办、办理、附件与流程图。下面是不依赖办理界面的简明查询。</p></section>
<section id="who"><h2>登录</h2><div data-who><p>正在读取…</p></div></section>
<section id="one" hidden tabindex="-1"><h2></h2><div data-list></div></section>
<section id="tasks" hidden><h2>我的待办</h2><div data-list></div></section>
<section id="scenarios" hidden><h2>场景列表</h2><div data-list></div></section>
<section id="published"><h2>已发布批次</h2><div data-list><p>正在读取…</p></div></section>
<section><h2>流程与说明</h2><ul>
${links}
<li><a href="/derived/handbook.zh.html">工作手册</a></li>
<li><a href="/derived/permissions.html">权限表</a></li>
<li><a href="/derived/transitions.html">环节流转表</a></li>
<li><a href="/docs">接口说明</a>（<a href="/openapi.json">OpenAPI</a>）</li>
</ul></section>
</main>
<noscript><p>查看待办与场景列表需要启用 JavaScript；流程图、工作手册与接口说明不需要。</p></noscript>
<script nonce="${nonce}">const setup = ${scriptJson({ issuer: signIn.issuer, client: signIn.client, words: words() })};
${caseScript}
${startScript}</script>
</body>
</html>`;
}

function words(): Record<string, Record<string, string>> {
  const states = charts.flatMap((name) => phasePaths(lifecycles[name].machine.root).map((path) => [`${name}/${path}`, stateLabel(name, path)]));
  const articles = charts.flatMap((name) => [...referencesOf(lifecycles[name].machine.root)]).map((reference) => [reference, articleWords(reference)]);
  const events = ['open', 'deadlinePassed', ...Object.keys(commandLabels)].map((command) => [command, eventLabel(command)]);
  return { articles: Object.fromEntries(articles) as Record<string, string>, commands: commandLabels, events: Object.fromEntries(events) as Record<string, string>, lifecycles: lifecycleLabels, roles: roleLabels, states: Object.fromEntries(states) as Record<string, string> };
}

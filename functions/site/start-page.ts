import { commandLabels, lifecycleLabels, roleLabels, stateLabel } from '../../machines/labels.zh.ts';
import { lifecycles } from '../../machines/lifecycles.ts';
import { phasePaths } from './state-paths.ts';
import { scriptJson } from './html.ts';
import { startScript } from './start-script.ts';

/** What the start page must know about signing in; without an issuer it asks for a token. */
export interface SignIn {
  readonly issuer: string | undefined;
  readonly client: string;
}

const charts = Object.keys(lifecycles) as (keyof typeof lifecycles)[];

/** The plain page at `/` until the console exists: leads to the API page, the flowcharts, the published lists, and, once signed in, to the scenarios and the to-do list. */
export function startPage(signIn: SignIn): (nonce: string) => string {
  const links = charts.map((name) => `<li><a href="/derived/${name}.svg">${lifecycleLabels[name]} 流程图</a></li>`).join('');
  return (nonce) => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>桂景 · 广西数字应用场景</title>
<style>${style}</style>
</head>
<body>
<header><h1>桂景 <small>广西数字应用场景建设管理</small></h1><p class="draft">依据征求意见稿运行（规则集 gx-2025-draft）</p></header>
<main>
<section><h2>从这里开始</h2><ul>
<li><a href="/docs">接口说明</a>（<a href="/openapi.json">OpenAPI</a>）</li>
${links}
<li><a href="/derived/handbook.zh.md">工作手册</a> · <a href="/derived/permissions.md">权限表</a> · <a href="/derived/transitions.md">环节流转表</a></li>
</ul></section>
<section id="published"><h2>已发布批次</h2><div data-list><p>正在读取…</p></div></section>
<section id="who"><h2>登录</h2><div data-who></div></section>
<section id="tasks" hidden><h2>我的待办</h2><div data-list></div></section>
<section id="scenarios" hidden><h2>场景列表</h2><div data-list></div></section>
</main>
<noscript><p>查看待办与场景列表需要启用 JavaScript；接口说明与流程图不需要。</p></noscript>
<script nonce="${nonce}">const setup = ${scriptJson({ ...signIn, words: words() })};
${startScript}</script>
</body>
</html>`;
}

function words(): Record<string, Record<string, string>> {
  const states = charts.flatMap((name) => phasePaths(lifecycles[name].machine.root).map((path) => [`${name}/${path}`, stateLabel(name, path)]));
  return { commands: commandLabels, lifecycles: lifecycleLabels, roles: roleLabels, states: Object.fromEntries(states) as Record<string, string> };
}

const style = `
:root{font:16px/1.7 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#1b2a3a;background:#f6f7f9}
body{margin:0 auto;max-width:64rem;padding:1rem 1.25rem 4rem}
h1{font-size:1.8rem;margin:.5rem 0 0}h1 small{font-size:1rem;color:#4b5b6b;font-weight:400}h2{font-size:1.15rem;margin:0 0 .5rem}
.draft{color:#8a4b00;margin:.2rem 0 1rem}
section{background:#fff;border:1px solid #d9dee5;border-radius:.5rem;padding:1rem 1.25rem;margin:0 0 1rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #e6e9ee;vertical-align:top}
a{color:#0b5cad}button{font:inherit;padding:.35rem 1rem;border:1px solid #0b5cad;border-radius:.3rem;background:#0b5cad;color:#fff;cursor:pointer}
button.plain{background:#fff;color:#0b5cad}input{font:inherit;padding:.35rem;width:min(100%,32rem)}
:focus-visible{outline:3px solid #f0a020;outline-offset:2px}.error{color:#a01818}`;

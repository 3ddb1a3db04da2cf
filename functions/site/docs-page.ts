import { docsWords } from './docs-words.ts';
import { scriptJson } from './html.ts';

/** The page that renders the API's description with the Swagger UI of our own assets, in Chinese; a token from the console is sent along. */
export function docsPage(nonce: string): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>桂景 · 接口说明</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<style>${style}</style>
</head>
<body>
<nav><a href="/">← 回到办理界面</a><span id="who"></span></nav>
<div id="api"></div>
<noscript><p>显示接口说明需要启用 JavaScript；描述文件在 <a href="/openapi.json">/openapi.json</a>。</p></noscript>
<script src="/docs/swagger-ui-bundle.js"></script>
<script nonce="${nonce}">
const words = ${scriptJson(docsWords)};
const token = sessionStorage.getItem('guijing.token');
document.querySelector('#who').textContent = token ? '已登录：试一试时会带上您的身份' : '未登录：请先在办理界面登录，再试用需要身份的接口';

// Swagger UI has no languages of its own: its fixed words are replaced as they appear.
function translate(root) {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let text = texts.currentNode; text; text = texts.nextNode()) {
    const word = text.nodeType === 3 && !text.parentElement?.closest('pre, textarea, .markdown, .renderedMarkdown') ? words[text.nodeValue.trim()] : undefined;
    if (word) text.nodeValue = word;
  }
  for (const field of root.querySelectorAll?.('[placeholder]') ?? []) field.placeholder = words[field.placeholder] ?? field.placeholder;
}
new MutationObserver((changes) => { for (const { addedNodes, target } of changes) [target, ...addedNodes].forEach(translate); }).observe(document.querySelector('#api'), { characterData: true, childList: true, subtree: true });

// Each attempt on this page is a write of its own: the header may be left empty, then it gets a new key.
function withOptionalKey(spec) {
  for (const operation of Object.values(spec.paths).flatMap((path) => Object.values(path))) {
    const key = operation.parameters?.find(({ name }) => name === 'Idempotency-Key');
    if (key) Object.assign(key, { required: false, description: '留空则由本页每次另给一个' });
  }
  return spec;
}

async function start() {
  const spec = withOptionalKey(await (await fetch('/openapi.json')).json());
  const ui = SwaggerUIBundle({
    spec,
    dom_id: '#api',
    docExpansion: 'none',
    defaultModelsExpandDepth: 0,
    filter: true,
    onComplete() { if (token) ui.preauthorizeApiKey('oidc', token); },
    requestInterceptor(request) {
      if (token && !request.headers.Authorization && new URL(request.url, location.href).origin === location.origin) request.headers.Authorization = 'Bearer ' + token;
      if (request.method === 'POST' && !request.headers['Idempotency-Key']) request.headers['Idempotency-Key'] = crypto.randomUUID();
      return request;
    },
  });
}
start().catch(() => { document.querySelector('#api').textContent = '接口说明没有读到，请刷新重试。'; });
</script>
</body>
</html>`;
}

// The one server is this one: its list says nothing.
const style = `
body{margin:0;font:16px/1.7 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif}nav{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;padding:.75rem 20px;background:#f6f7f9;border-bottom:1px solid #d9dee5;color:#4b5b6b}nav a{color:#0b5cad}
.swagger-ui .servers,.swagger-ui .servers-title{display:none}.swagger-ui .info{margin:24px 0}.swagger-ui .scheme-container{padding:12px 0}
.swagger-ui .parameter__name.required:after,.swagger-ui .opblock-section-request-body .required:after{content:'必填'!important}
.swagger-ui .info .title{overflow-wrap:anywhere}.swagger-ui .opblock-summary-path{overflow-wrap:anywhere}
:focus-visible{outline:3px solid #f0a020;outline-offset:2px}`;

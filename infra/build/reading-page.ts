import { Marked } from 'marked';

/** One page made from Markdown: its HTML, and the title that the first heading gives it. */
export interface ReadingPage {
  readonly title: string;
  readonly html: string;
}

/** A derived Markdown file as a page for people who read in a browser; wide tables scroll inside their own frame. Links between `.md` files lead to their pages. */
export function readingPage(markdown: string, fallbackTitle: string): ReadingPage {
  const title = /^# (.+)$/m.exec(markdown)?.[1]?.trim() ?? fallbackTitle;
  const text = markdown.replaceAll(/<!--[\s\S]*?-->\n*/g, '');
  return { title, html: frame(title, body(text)) };
}

function body(markdown: string): string {
  const marked = new Marked({ gfm: true, async: false });
  const html = marked.parse(markdown) as string;
  return html
    .replaceAll('<table>', '<div class="wide" tabindex="0"><table>')
    .replaceAll('</table>', '</table></div>')
    .replaceAll(/href="([^":/]+)\.md(#[^"]*)?"/g, 'href="$1.html$2"');
}

function frame(title: string, html: string): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>桂景 · ${title.replaceAll('<', '&lt;')}</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<style>${style}</style>
</head>
<body>
<nav><a href="/">← 回到首页</a></nav>
<main>
${html}</main>
</body>
</html>
`;
}

const style = `
:root{font:16px/1.7 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#1b2a3a;background:#f6f7f9}
body{margin:0 auto;max-width:76rem;padding:1rem 1.25rem 4rem}main{background:#fff;border:1px solid #d9dee5;border-radius:.5rem;padding:.5rem 1.25rem 1.5rem;margin-top:.75rem}
h1{font-size:1.7rem}h2{font-size:1.35rem;margin-top:2rem;border-bottom:2px solid #d9dee5;padding-bottom:.25rem}h3{font-size:1.1rem}
.wide{overflow-x:auto}table{border-collapse:collapse;font-size:.94rem;min-width:100%}th,td{text-align:left;padding:.35rem .6rem;border:1px solid #e0e4ea;vertical-align:top;min-width:4.5em}
th{background:#eef1f5}code{font-size:.9em;background:#eef1f5;padding:0 .25em;border-radius:.2em;overflow-wrap:anywhere}a{color:#0b5cad}
:focus-visible{outline:3px solid #f0a020;outline-offset:2px}
@media print{nav{display:none}main{border:0}.wide{overflow:visible}thead{display:table-header-group}}`;

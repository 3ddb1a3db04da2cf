import type { SignInPerson } from './people.ts';

/** The page on which a person says who they are; `action` is where the choice is posted. Local only: there is no password. */
export function signInPage(people: readonly SignInPerson[], action: string): string {
  const rows = people.map(({ id, name, about, tries }) => `<li><button name="person" value="${escaped(id)}"><b>${escaped(name)}</b><span>${escaped(about)}${tries ? `<small>可试：${escaped(tries)}</small>` : ''}</span></button></li>`);
  return page('选择登录人员', `<p>本机演示环境：选择一位人员登录，不需要密码。正式部署时由统一身份认证登录。</p><form method="post" action="${escaped(action)}"><ul>${rows.join('')}</ul></form>`);
}

/** A page that says in one sentence what went wrong. */
export const errorPage = (sentence: string): string => page('无法登录', `<p>${escaped(sentence)}</p>`);

function page(title: string, body: string): string {
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>桂景 · ${title}</title><style>${style}</style><main><h1>桂景 · ${title}</h1>${body}</main></html>`;
}

const style = `body{font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;background:#f4f6f8;color:#1f2933;margin:0}
main{max-width:44rem;margin:3rem auto;padding:0 1rem}ul{list-style:none;padding:0;display:grid;gap:.5rem}
button{width:100%;text-align:left;font:inherit;padding:.75rem 1rem;border:1px solid #cbd2d9;border-radius:.5rem;background:#fff;cursor:pointer;display:flex;gap:1rem}
button:hover,button:focus{border-color:#0b6bcb;outline:2px solid #0b6bcb33}b{min-width:6em}span{color:#52606d}small{display:block;font-size:.85em}`;

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

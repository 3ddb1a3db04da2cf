/** The start page's script: signs in by the code flow with PKCE (or takes a pasted token), then lists what the person has to do. It puts text into the page only as text. */
export const startScript = `
const $ = (path) => document.querySelector(path);
const element = (name, text, props = {}) => Object.assign(document.createElement(name), text === undefined ? {} : { textContent: text }, props);
const store = sessionStorage;
const redirect = location.origin + '/';

function table(target, heads, rows, none) {
  if (rows.length === 0) return target.replaceChildren(element('p', none));
  const body = element('table'), head = body.createTHead().insertRow();
  for (const text of heads) head.append(element('th', text, { scope: 'col' }));
  const lines = body.createTBody();
  for (const cells of rows) {
    const line = lines.insertRow();
    cells.forEach((cell, at) => { const place = line.insertCell(); place.dataset.head = heads[at]; if (cell !== '') place.append(cell); });
  }
  target.replaceChildren(body);
}

async function ask(path) {
  const token = store.getItem('guijing.token');
  const answer = await fetch(path, { headers: token ? { authorization: 'Bearer ' + token } : {} });
  const body = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(body.detail ?? '请求失败'), { status: answer.status });
  return body;
}

const day = (instant) => new Date(instant).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'medium', timeStyle: 'short' });
const state = (row) => (row.state ?? [row.leaf]).map((leaf) => setup.words.states[row.lifecycle + '/' + leaf] ?? leaf).join('、');

async function published() {
  const { items } = await ask('/published');
  table($('#published [data-list]'), ['批次', '编号', '场景数', '发布时间'], items.map((one) => [element('a', one.batch, { href: '#/published/' + one.batch }), one.number, String(one.count), day(one.publishedAt)]), '还没有发布过批次。');
}

async function mine() {
  const me = await ask('/me');
  const roles = me.roles.map((role) => setup.words.roles[role] ?? role).join('、');
  const again = element('button', '换人登录', { className: 'plain', onclick: () => { store.removeItem('guijing.token'); location.hash = ''; signIn(true).catch((error) => offerSignIn(error.message)); } });
  $('[data-who]').replaceChildren(element('p', me.name + '（' + roles + '），' + me.org.name), again);
  const [tasks, scenarios] = await Promise.all([ask('/tasks?limit=100'), ask('/scenarios?limit=100')]);
  table($('#tasks [data-list]'), ['事项', '环节', '可以办理', '期限'], tasks.items.map((one) => [caseLink(one.lifecycle, one.case, one.title || one.case), state(one), one.commands.map((name) => setup.words.commands[name] ?? name).join('、'), day(one.dueAt)]), '没有待办事项。');
  table($('#scenarios [data-list]'), ['场景', '类别', '环节', '更新时间'], scenarios.items.map((one) => [caseLink(one.lifecycle, one.id, one.title || one.id), setup.words.lifecycles[one.lifecycle], state(one), day(one.changedAt)]), '没有可以查看的场景。');
  if (scenarios.items.length === 0) $('#scenarios [data-list]').append(firstStep(me.roles));
  if (tasks.next) $('#tasks [data-list]').append(element('p', '只显示最先到期的 ' + tasks.items.length + ' 项。', { className: 'note' }));
  if (scenarios.next) $('#scenarios [data-list]').append(element('p', '只显示前 ' + scenarios.items.length + ' 项。', { className: 'note' }));
  $('#tasks').hidden = $('#scenarios').hidden = false;
}

function firstStep(roles) {
  const files = roles.includes('applicant') || roles.includes('unitAdmin');
  const line = element('p', files ? '申报第一个场景：' : '申报人报送后，场景会出现在这里。', { className: 'note' });
  if (files) line.append(element('a', '新建申报', { href: '/console/filing/new' }));
  return line;
}

function offerSignIn(problem) {
  const note = problem ? [element('p', problem, { className: 'error', role: 'alert' })] : [];
  if (setup.issuer) return $('[data-who]').replaceChildren(...note, element('p', '选择您的身份登录后，可以看到待办和场景。'), element('button', '登录', { onclick: () => signIn(false).catch((error) => offerSignIn(error.message)) }));
  const field = element('input', undefined, { type: 'password', placeholder: '访问令牌', ariaLabel: '访问令牌' });
  const use = element('button', '使用此令牌', { onclick: () => { store.setItem('guijing.token', field.value.trim()); start(); } });
  $('[data-who]').replaceChildren(...note, element('p', '请粘贴身份系统发给您的访问令牌：'), field, ' ', use);
}

const base64url = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const discover = async () => (await fetch(setup.issuer.replace(/\\/$/, '') + '/.well-known/openid-configuration')).json();

async function signIn(anotherPerson) {
  const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));
  const nonce = base64url(crypto.getRandomValues(new Uint8Array(16)));
  store.setItem('guijing.verifier', verifier);
  store.setItem('guijing.state', nonce);
  store.setItem('guijing.place', location.hash);
  const challenge = base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
  const { authorization_endpoint } = await discover().catch(() => { throw new Error('登录服务没有应答，请稍后再试'); });
  const asked = { response_type: 'code', client_id: setup.client, redirect_uri: redirect, scope: 'openid profile', state: nonce, code_challenge: challenge, code_challenge_method: 'S256', ...(anotherPerson ? { prompt: 'login' } : {}) };
  location.assign(authorization_endpoint + '?' + new URLSearchParams(asked));
}

async function finishSignIn() {
  const query = new URLSearchParams(location.search);
  if (!query.has('code')) return;
  history.replaceState(null, '', '/' + (store.getItem('guijing.place') ?? ''));
  if (query.get('state') !== store.getItem('guijing.state')) throw new Error('登录请求已失效，请重新登录');
  const { token_endpoint } = await discover();
  const form = new URLSearchParams({ grant_type: 'authorization_code', code: query.get('code'), redirect_uri: redirect, client_id: setup.client, code_verifier: store.getItem('guijing.verifier') });
  const answer = await fetch(token_endpoint, { method: 'POST', body: form });
  if (!answer.ok) throw new Error('登录没有完成，请重新登录');
  store.setItem('guijing.token', (await answer.json()).access_token);
}

async function start() {
  try {
    await finishSignIn();
    if (store.getItem('guijing.token')) await mine();
    else offerSignIn();
  } catch (error) {
    store.removeItem('guijing.token');
    offerSignIn(error.status === 401 ? '登录已过期，请重新登录' : error.message);
  }
  await showOne();
}

published().catch((error) => $('#published [data-list]').replaceChildren(element('p', error.message, { className: 'error' })));
start();
`;

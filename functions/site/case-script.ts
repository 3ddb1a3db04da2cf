/** The part of the start page's script that shows one case or one published list: where it stands, what the reader may do and why not the rest, what happened. */
export const caseScript = `
const collections = { governmentInvestment: 'scenarios', socialInvestment: 'scenarios', publication: 'batches', recovery: 'recoveries' };
const caseLink = (lifecycle, id, text) => element('a', text, { href: '#/' + collections[lifecycle] + '/' + id });
const yuan = (fen) => (fen / 100).toLocaleString('zh-CN', { style: 'currency', currency: 'CNY' });

async function showCase(path) {
  const [one, events] = await Promise.all([ask(path), allEvents(path)]);
  const name = (leaf) => setup.words.states[one.lifecycle + '/' + leaf] ?? leaf;
  const can = one.offers.filter((offer) => offer.allowed), cannot = one.offers.filter((offer) => !offer.allowed);
  const label = (offer) => setup.words.commands[offer.command] ?? offer.command;
  const box = (heads, rows, none) => { const at = element('div'); table(at, heads, rows, none); return at; };
  return [one.title || one.id, [
    element('p', setup.words.lifecycles[one.lifecycle] + ' · 编号 ' + one.id + ' · 版本 ' + one.version, { className: 'note' }),
    element('h3', '当前环节'), box(['环节', '期限'], one.state.map((leaf) => [name(leaf), one.due[leaf] ? day(one.due[leaf]) : '']), '已经办结。'),
    element('h3', '您现在可以办理'), box(['事项'], can.map((offer) => [label(offer)]), '目前没有需要您办理的事项。'),
    ...(can.length > 0 ? [actHint(path)] : []),
    ...(cannot.length > 0 ? [element('h3', '现在不能办理及原因'), box(['事项', '原因'], cannot.map((offer) => [label(offer), offer.refusal?.detail ?? '']), '')] : []),
    element('h3', '办理记录'), box(['时间', '办理人', '事项', '金额', '依据'], events.map(eventRow), '还没有记录。'),
  ]];
}

function actHint(path) {
  const line = element('p', '请在', { className: 'note' });
  line.append(element('a', '办理界面', { href: '/console' + path + '/act' }), '办理，登录身份会自动带过去。');
  return line;
}

function eventRow(event) {
  const fen = event.args.amountFen ?? event.money?.amountFen;
  return [day(event.at), event.actor.orgName ? event.actor.name + '，' + event.actor.orgName : event.actor.name, setup.words.events[event.command] ?? event.command, typeof fen === 'number' ? yuan(fen) : '', setup.words.articles[event.article] ?? event.article];
}

async function allEvents(path) {
  const events = [];
  for (let after = ''; ; ) {
    const page = await ask(path + '/events' + after);
    events.push(...page.items);
    if (page.next === undefined) return events;
    after = '?after=' + page.next;
  }
}

async function showList(half) {
  const list = await ask('/published/' + half);
  const at = element('div');
  table(at, ['编号', '场景', '类别', '单位'], list.items.map((one) => [one.number, one.name, setup.words.lifecycles[one.lifecycle] ?? one.lifecycle, one.unitName]), '这一批没有场景。');
  const raw = element('p', list.next ? '只显示前 ' + list.items.length + ' 项，' : '');
  raw.append(element('a', '下载数据（JSON）', { href: '/published/' + half }));
  return [half + ' 批次清单', [at, raw]];
}

// The address says what is shown: #/scenarios/<id>, #/batches/<id>, #/recoveries/<id>, #/published/<half>.
async function showOne() {
  const [, kind, id] = /^#[/](scenarios|batches|recoveries|published)[/]([\\w-]+)$/.exec(location.hash) ?? [];
  const here = location.hash, section = $('#one');
  if (!kind || (kind !== 'published' && !store.getItem('guijing.token'))) { section.hidden = true; return; }
  let shown;
  try { shown = await (kind === 'published' ? showList(id) : showCase('/' + kind + '/' + id)); } catch (error) { shown = ['无法显示', [element('p', error.message, { className: 'error' })]]; }
  if (here !== location.hash) return;
  $('#one h2').textContent = shown[0];
  $('#one [data-list]').replaceChildren(...shown[1]);
  section.hidden = false;
  section.focus({ preventScroll: true });
  section.scrollIntoView({ block: 'start' });
}
addEventListener('hashchange', showOne);
`;

import { lifecycleLabels } from '../../machines/labels.zh.ts';
import type { CaseFileFindings, Check, ReadCaseFile } from '../../shared/case-file.ts';
import { element } from './element.ts';

/** What each check proves, and what it means when it does not hold. */
const says: Readonly<Record<Check['name'], readonly [string, string]>> = {
  readable: ['能够读出案卷', '这不是本系统导出的案卷文件，或文件已损坏，请重新从系统导出'],
  form: ['书写形式与导出时一致', '文件被其他软件重新保存过，或有字节被改动，请使用导出的原文件'],
  seal: ['全文摘要一致', '文件内容与导出时不同'],
  events: ['办理记录连续完整，逐条摘要（SHA-256、SM3）首尾相接', '办理记录有缺失或被改动'],
  end: ['最后一条记录、记录总数和所在环节与案卷一致', '末尾的记录被删去，或所在环节被改动'],
  attachments: ['附件清单与登记时的摘要一致', '附件清单被改动'],
  payments: ['收付记录与办理记录一致', '收付记录被改动'],
};

/** The verdict, each check, and what the file says about itself. */
export function findingsView(name: string, { whole, checks, file }: CaseFileFindings): readonly Node[] {
  const verdict = element('h2', whole ? '案卷完整，没有改动' : '案卷不完整或已被改动', { tabIndex: -1, className: whole ? 'good' : 'bad' });
  return [verdict, element('p', `文件：${name}`, { className: 'note' }), element('ul', checks.map(checkLine), { className: 'checks' }), ...(file ? [facts(file)] : [])];
}

function checkLine({ name, ok, where }: Check): HTMLElement {
  const [held, broken] = says[name];
  return element('li', ok ? `√ ${held}` : `× ${broken}${where === undefined ? '' : `（${place(name, where)}）`}`, { className: ok ? 'good' : 'bad' });
}

const place = (name: Check['name'], where: string): string => (name === 'attachments' ? `附件 ${where}` : `第 ${where} 条`);

function facts(file: ReadCaseFile): HTMLElement {
  const hidden = file.events.filter((each) => 'withheld' in each).length;
  const rows: readonly (readonly [string, string])[] = [
    ['记录编号', file.case],
    ['类别', lifecycleLabels[file.lifecycle as keyof typeof lifecycleLabels] ?? file.lifecycle],
    ['办理记录', `${file.events.length} 条${hidden > 0 ? `，其中 ${hidden} 条对导出人不公开，只核对其摘要与前后衔接` : ''}`],
    ['附件', `${file.attachments.length} 份`],
    ['末条摘要 SHA-256', file.end.sha256],
    ['末条摘要 SM3', file.end.sm3],
  ];
  const list = element('dl', rows.flatMap(([term, value]) => [element('dt', term), element('dd', value)]));
  return element('section', [list, element('p', '把末条摘要与系统中同一案件的最后一条办理记录逐位比对，可确认这份案卷就是系统中的那一份，而不是另造的一份。', { className: 'note' })]);
}

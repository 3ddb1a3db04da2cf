import { attachmentParts, type AttachmentClass, type AttachmentPart } from '../../../shared/contracts/attachments.ts';
import { paragraph, type Paragraph } from '../content.ts';

/** A file that was filed: which part of the filing it is, and its name. */
export interface FiledAttachment {
  readonly part: string;
  readonly name: string;
}

const classes: readonly (readonly [AttachmentClass, string])[] = [
  ['identity', '（一）申报单位法人代表和项目负责人身份证明。'],
  ['licence', '（二）申报主体的法人证书、营业执照（复印件盖章）。'],
  ['approvals', '（三）各级主管部门、经授权的工业园区管委会等部门对项目的核准或备案文件，以及其他相关审批文件。项目立项证明、实施方案、投资计划、技术报告、监测报告等材料。'],
  ['audit', '（四）经会计师事务所审计的上一年年度财务报告。'],
  ['money', '（五）数字应用场景建设资金来源及投入凭证，包括银行的贷款合同或意向书，自有资金证明，支出凭证、合同复印件等。'],
  ['letter', '（六）承诺书。'],
];

/** Part 3: the six classes in the form's words, each with the files that were filed; then what was filed beside them. */
export function attachmentsPart(files: readonly FiledAttachment[]): Paragraph[] {
  return [
    paragraph('title', '第三部分 相关附件', { align: 'center', after: 10 }),
    paragraph('body', '社会投资类场景需提供以下附件进行资质审核，作为评审的重要依据。', { indented: true }),
    ...classes.flatMap(([kind, words]) => [paragraph('body', words, { indented: true, before: 6 }), ...filed(files, kind)]),
    // Pictures of the report (part 2, 一.3) and other proofs are files beside the six classes.
    ...filed(files, 'evidence'),
  ];
}

function filed(files: readonly FiledAttachment[], kind: AttachmentClass): Paragraph[] {
  return files.flatMap(({ part, name }) => {
    const known = Object.hasOwn(attachmentParts, part) ? attachmentParts[part as AttachmentPart] : undefined;
    return known?.class === kind ? [paragraph('small', `\u3000\u3000已提交：${known.title}\u3000${name}`)] : [];
  });
}

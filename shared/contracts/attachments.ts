import type { OrganisationKind } from '../actor.ts';

/** The six attachment classes of annex 2, part 3, and `evidence` for what the later steps prove. */
export const attachmentClasses = ['identity', 'licence', 'approvals', 'audit', 'money', 'letter', 'evidence'] as const;

/** One class of attachments. */
export type AttachmentClass = (typeof attachmentClasses)[number];

/** Every part that can be uploaded, with its class and Chinese title (annex 2 part 3; the split into parts is ours, requirements 4.2 [R]). */
export const attachmentParts = {
  legalRepresentativeId: { class: 'identity', title: '法人代表身份证明' },
  projectLeadId: { class: 'identity', title: '项目负责人身份证明' },
  businessLicence: { class: 'licence', title: '营业执照（复印件盖章）' },
  institutionCertificate: { class: 'licence', title: '事业单位法人证书（复印件盖章）' },
  associationCertificate: { class: 'licence', title: '社会团体或民办非企业单位法人登记证书（复印件盖章）' },
  approvalDocument: { class: 'approvals', title: '核准、备案或其他审批文件' },
  auditReport: { class: 'audit', title: '会计师事务所审计的上一年年度财务报告' },
  fundingProof: { class: 'money', title: '资金来源证明' },
  spendingProof: { class: 'money', title: '投入（支出）凭证' },
  commitmentLetter: { class: 'letter', title: '承诺书（签字盖章）' },
  projectApproval: { class: 'evidence', title: '立项批复' },
  completionReport: { class: 'evidence', title: '竣工材料' },
  acceptanceFile: { class: 'evidence', title: '验收材料' },
  finalAccounts: { class: 'evidence', title: '竣工决算' },
  securityCertificate: { class: 'evidence', title: '安全测评、信创或密评证明' },
  otherEvidence: { class: 'evidence', title: '其他材料' },
} as const satisfies Record<string, { readonly class: AttachmentClass; readonly title: string }>;

/** The name of one attachment part. */
export type AttachmentPart = keyof typeof attachmentParts;

/** All part names, for schemas. */
export const attachmentPartNames = Object.keys(attachmentParts) as [AttachmentPart, ...AttachmentPart[]];

const licences: Readonly<Record<OrganisationKind, readonly AttachmentPart[]>> = {
  government: ['institutionCertificate'],
  publicInstitution: ['institutionCertificate'],
  enterprise: ['businessLicence'],
  // A research body may be registered as an institution, a company or an association: one fitting certificate is enough.
  research: ['institutionCertificate', 'businessLicence', 'associationCertificate'],
  socialOrganisation: ['associationCertificate'],
};

/** The parts a social scenario of a unit of this kind must have; each inner list needs one of its members. */
export function requiredParts(kind: OrganisationKind): readonly (readonly AttachmentPart[])[] {
  return [
    ['legalRepresentativeId'], ['projectLeadId'], licences[kind], ['approvalDocument'], ['auditReport'],
    ['fundingProof'], ['spendingProof'], ['commitmentLetter'],
  ];
}

/** The required parts still missing, each named by its first alternative. */
export function missingParts(kind: OrganisationKind, present: readonly string[]): readonly AttachmentPart[] {
  return requiredParts(kind).filter((any) => !any.some((part) => present.includes(part))).flatMap((any) => any.slice(0, 1));
}

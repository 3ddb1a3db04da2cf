import type { OrganisationKind } from '../actor.ts';

/** The largest attachment, in bytes: 50 MB. */
export const largestFile = 50 * 1024 * 1024;

/** How many bytes each piece of an upload in pieces has, the last one excepted: the least that S3 takes, so that a broken line costs little. */
export const uploadPieceBytes = 5 * 1024 * 1024;

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

/** What a filing needs of one kind, and whether it is there: `missing` says why by `article` and `sentence`; a file that nobody has scanned yet counts, an infected one does not. */
export interface Completeness {
  readonly class: AttachmentClass;
  /** One of these parts is enough. */
  readonly anyOf: readonly AttachmentPart[];
  readonly title: string;
  readonly status: 'present' | 'missing' | 'quarantined' | 'lookAgain';
  readonly article: string;
  readonly sentence: string;
}

/** A file as completeness looks at it. */
export interface FiledPart {
  readonly part: string;
  readonly status: string;
  readonly year?: number | undefined;
}

/** Every requirement of a social filing by a unit of this kind, with what stands for it among its files; `filedYear` is the year of the filing, whose audit is that of the year before. */
export function completenessOf(kind: OrganisationKind, files: readonly FiledPart[], filedYear: number): readonly Completeness[] {
  return requiredParts(kind).map((anyOf) => {
    const title = anyOf.map((part) => attachmentParts[part].title).join(' 或 ');
    const about = { class: attachmentParts[anyOf[0] ?? 'otherEvidence'].class, anyOf, title, article: anyOf[0] === 'auditReport' ? 'annex 2 part 3 (4), policy R-070' : 'annex 2 part 3, policy R-067' };
    const mine = files.filter(({ part }) => (anyOf as readonly string[]).includes(part));
    if (!mine.some(({ status }) => status === 'confirmed')) {
      const locked = mine.some(({ status }) => status === 'quarantined');
      return { ...about, status: locked ? 'quarantined' : 'missing', sentence: locked ? `${title}查出病毒，已隔离，请清除病毒后重新上传` : `缺少${title}，请上传` };
    }
    const audited = mine.filter(({ part, status }) => part === 'auditReport' && status === 'confirmed').map(({ year }) => year);
    if (audited.length > 0 && !audited.includes(filedYear - 1)) return { ...about, status: 'lookAgain', sentence: `审计报告应为上一年（${filedYear - 1}年）的年度财务报告，请核对并在上传时注明年度` };
    return { ...about, status: 'present', sentence: '' };
  });
}

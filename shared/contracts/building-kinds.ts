/** The kinds of IRS resources that a scenario builds on (art. 10). */
export const resourceKinds = ['cloud', 'network', 'data', 'component'] as const;
/** The kinds of products and services whose safety is looked at (art. 9). */
export const technologyKinds = ['hardware', 'basicSoftware', 'applicationSoftware', 'cloudService', 'cryptography', 'otherTechnology'] as const;
/** What an acceptance looks at: documents, a live demonstration, a visit to the site. */
export const inspectionChecks = ['documents', 'demonstration', 'siteVisit'] as const;
/** What came of one of them. */
export const inspectionResults = ['met', 'unmet', 'notApplicable'] as const;
/** What a member of the panel thinks. */
export const verdicts = ['pass', 'rectify', 'fail'] as const;
/** The documents that an acceptance may ask for, by attachment part. */
export const completionDocuments = ['projectApproval', 'completionReport', 'finalAccounts', 'acceptanceFile', 'securityCertificate'] as const;

/** One thing that an acceptance looks at. */
export type InspectionCheck = (typeof inspectionChecks)[number];
/** What came of it. */
export type InspectionResult = (typeof inspectionResults)[number];
/** An opinion of the panel in a word. */
export type Verdict = (typeof verdicts)[number];

/**
 * What our packed JSON has in common, for deflate to refer to instead of repeating it (RFC 1950, preset dictionary): with it a
 * snapshot of 1.8 KB packs to about 0.4 KB, so that a head stays under the 1 KB that two write units pay for. What was written
 * under a dictionary can only be read with that very text: an entry is never changed, a better one is added under the next number.
 */
export const dictionaries: Readonly<Record<number, string>> = { 1: filing(), 2: filing() + building() };

/** The dictionary that new records are written under. */
export const currentDictionary = 2;

function filing(): string {
  return [
    '{"type":"submitted","command":"submit","args":{"handler":"","reason":"","opinion":"","sealed":true,"comment":"","documentNo":"","paidOn":"2025-","voucherNo":"","fundSource":"数字广西建设资金","amountFen":',
    '},"article":"art. 11(3), art. 14(3)","policy":"gx-2025-draft","case":"s-","n":1,"at":"2025-01-01T00:00:00.000Z","definition":"socialInvestment@1","definition":"governmentInvestment@1",',
    '"actor":{"person":"system","name":"系统","roles":["system"],"org":{"id":"system","name":"桂景系统","kind":"government","office":"none","division":"450000"}},',
    '"roles":["applicant","unitAdmin"],"roles":["aggregator"],"roles":["bureauOfficer"],"roles":["bureauLeader"],"roles":["expert"],"roles":["finance"],"roles":["leadingGroupOffice"],',
    '"office":"bureau","office":"city","office":"sectorAuthority","office":"finance","kind":"enterprise","kind":"publicInstitution","sector":"","uscc":"9145',
    '"leaves":["declaration.draft"],"routes":{"declaration.withAggregator":{"to":"selection.reviewing"}},"entered":{"construction.project.building":"2025-12-31T15:59:59.999Z"},"abandoned":true,"then":"acceptance.inspecting"',
    '{"slot":"main","leaf":"declaration.withEndorser","queue":"applicant#","commands":["returnForCorrection","aggregate","endorse","decline"],"dueAt":"2025-12-31T15:59:59.999Z","case":"s-","lifecycle":"governmentInvestment","title":"',
    '{"lifecycle":"socialInvestment","definition":"socialInvestment@1","status":"done","value":{"construction":{"project":"building","funding":"advancePayable","irs":"registering"}},"value":{"support":{"subsidy":"payable","promotion":"","commitment":"watching"}},"context":',
    '{"lifecycle":"governmentInvestment","definition":"governmentInvestment@1","status":"active","value":{"selection":"reviewing"},"context":{"name":"","stage":"built","stage":"proposed","directions":["digitalGovernment","digitalSociety","digitalEconomy"],',
    '"crossCutting":["departments","levels","regions","systems","business"],"sectors":["industryInformation"],"sectors":["marketSupervision"],"division":"450100","cooperating":[],"investmentFen":1200000000,"fiscal":true,"nonSecret":true,"inGuangxi":false,"gaps":0,"firstGaps":[],',
    '"id":"s-","funding":"socialInvestment","funding":"governmentInvestment","unit":{"id":"","name":"","kind":"publicInstitution","division":"450100","sector":null,"uscc":null},"filer":"","parts":{"legalRepresentativeId":1,"projectLeadId":1,"businessLicence":1,"approvalDocument":1,"auditReport":1,"fundingProof":1,"spendingProof":1,"commitmentLetter":1},"parts":{},"handler":null,',
    '"marks":[],"returns":0,"duplicates":[],"repeats":[],"experts":["expert-"],"recused":[],"sheets":{"expert-":8500},"scoreHundredths":null,"proposal":{"by":"","outcome":"select","amountFen":null},"proposal":null,"leadUnit":{"unit":"","departments":[""],"agreed":[],"refused":[],"confirmed":true},"leadUnit":null,"objections":0,"batch":null,"listNumber":null,',
    '"approval":{"no":"","on":"2025-01-01","fen":0},"approval":null,"milestones":[{"name":"","dueOn":"2025-01-01","doneOn":null}],"milestones":[],"completedOn":null,"irs":{"code":"","on":""},"irs":null,"award":{"fen":0,"proposedBy":"","approvedBy":""},"award":null,"waived":false,"paid":{"advance":null,"remainder":null,"oneOff":null},"accountsFen":null,"rectifications":0,"evaluation":null,"recoveries":{},',
    '"commitmentUntil":null,"commitmentChecks":0,"commitment":null,"findings":[],"caseText":false,"inCaseLibrary":false,"held":false,"reminders":0,"policy":"gx-2025-draft","due":{"":"2025-12-31T15:59:59.999Z"}}}',
  ].join('');
}

// What cases gained with construction, acceptance, evaluation and the fund. What is used most stands last: it is nearest.
function building(): string {
  return [
    '"definition":"governmentInvestment@0.1.0","definition":"socialInvestment@0.1.0","definition":"recovery@0.1.0","definition":"publication@0.1.0","definition":"fund@0.1.0","value":"inCaseLibrary","value":{"evaluation":"evaluating"},"value":{"acceptance":"inspecting"},"value":{"promotion":"reviewing"},"value":{"remainder":"paying"},',
    '"localFiscalFen":1200000000,"nonSecret":true,"inGuangxi":true,"gaps":0,"firstGaps":[],"leadUnit":{"unit":"","departments":[""],"agreed":[""],"refused":[],"confirmed":true},"objections":0,"batch":"2026-H2","listNumber":"GX-2026-H2-0001","approval":{"no":"发改数〔2027〕1号","on":"2027-01-01","fen":1200000000},',
    '"milestones":[{"name":"","dueOn":"2027-06-30","doneOn":"2027-06-30"},{"name":"","dueOn":"2027-10-31","doneOn":null}],"completedOn":"2027-10-31","irs":{"code":"GXIRS-450100-0001","on":"2027-01-01","resources":[{"resourceKind":"cloud","name":"自治区政务云"},{"resourceKind":"data","name":"登记库"}]},',
    '"waived":false,"paid":{"advance":120000000,"remainder":110000000,"oneOff":null},"accountsFen":1150000000,"rectifications":0,"evaluation":{"year":2027,"grade":"commended","targetMet":true,"reportedOn":"2027-12-31","judgements":[{"name":"","actual":"98","met":true},{"name":"","actual":"2","met":false}]},"grade":"ordinary","grade":"criticised","recoveries":{},',
    '"caseText":true,"inCaseLibrary":true,"held":false,"reminders":1,"policy":"gx-2025-draft","due":{},"filedOn":"2026-01-01","reviewPolicy":"gx-2025-draft","stageReports":[{"on":"2027-06-30","period":"2027年上半年","percent":55,"costFen":530000000,"completionOn":"2027-11-15"}],"completionPlan":{"baselineOn":"2027-11-15","forecastOn":"2027-11-15"},',
    '"technologies":[{"name":"数据库","technologyKind":"basicSoftware","proofs":["security","xinchuang","cryptography"],"explained":false},{"name":"","technologyKind":"applicationSoftware","proofs":[],"explained":true},{"name":"","technologyKind":"hardware","proofs":["security"],"explained":false}],"technologyKind":"cloudService",',
    '"acceptance":{"round":1,"appliedOn":"2027-12-31","absent":["projectApproval","completionReport","finalAccounts"],"experts":["expert-"],"recused":[],"checks":{"documents":{"result":"met","on":"2027-12-31"},"demonstration":{"result":"met","on":"2027-12-31"},"siteVisit":{"result":"unmet","on":"2027-12-31"}},"opinions":{"expert-":"pass","expert-":"rectify"},"declared":["expert-"],"outcome":{"result":"passed","on":"2027-12-31"}},',
    '"releasedFen":10000000,"indicators":[{"name":"覆盖率","measure":"%","goal":"atLeast","target":"95","dueOn":"2027-12-31"},{"name":"办理时间","measure":"分钟","goal":"atMost","target":"3","dueOn":"2027-12-31"}],"ownResult":{"year":2027,"actuals":[{"name":"覆盖率","actual":"98"},{"name":"办理时间","actual":"2"}]}}}',
  ].join('');
}

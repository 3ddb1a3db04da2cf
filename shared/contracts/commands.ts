import * as z from 'zod/mini';
import { eachLater, later } from '../later.ts';
import { attachmentPartNames } from './attachments.ts';
import { buildingArgs } from './building.ts';
import { score } from './scores.ts';
import { effectArgs } from './effect.ts';
import { listRow, mostRowsOfList, rowId } from './list.ts';
import { day, digest, fen, id, line, paragraph, person, several, text } from './text.ts';

const reason = later(() => text(500));
const noArgs = later(() => z.strictObject({}));
const because = later(() => z.strictObject({ reason }));
const mayBecause = later(() => z.strictObject({ reason: z.optional(reason) }));
const form = later(() => z.record(z.string(), z.json()));
const sealed = later(() => z.literal(true, { error: '须加盖公章' }));
const conflictFree = later(() => z.literal(true, { error: '须声明与申报单位无利害关系；有关系的请回避' }));
const item = later(() => z.strictObject({ pointer: z.string().check(z.regex(/^\//, { error: '请指明字段或附件，如 /annex2/benefits' }), z.maxLength(200)), reason }));
const count = later(() => z.int().check(z.minimum(0)));
const fundLine = later(() => z.enum(['reward', 'subsidy']));
const rating = later(() => z.int().check(z.minimum(1, { error: '请评1到5分' }), z.maximum(5, { error: '请评1到5分' })));
const promises = () => several(z.strictObject({ name: line, dueOn: day }), 20);
/** What a demand for data must say (art. 16): type, scope and purpose. */
const wanted = () => ({ dataTypes: several(line, 20), scope: text(300), purpose: text(300) });

/** The arguments of every command, checked at the door; unknown members are named. One command has one schema in all lifecycles. */
export const commandArgs = eachLater({
  // filing
  saveForm: () => z.strictObject({ form }),
  confirmAttachment: () => z.strictObject({ attachment: id, part: z.enum(attachmentPartNames), name: line, size: count, sha256: digest, sm3: digest, replaces: z.optional(id) }),
  quarantineAttachment: () => z.strictObject({ attachment: id, part: z.enum(attachmentPartNames), name: line, signature: line, counted: z.boolean() }),
  removeAttachment: () => z.strictObject({ attachment: id, part: z.enum(attachmentPartNames), reason: z.optional(reason) }),
  submit: () => z.strictObject({ handler: id }),
  resubmit: () => noArgs,
  askFundingClass: () => because,
  decideFundingClass: () => z.strictObject({ keep: z.boolean(), reason }),
  returnForCorrection: () => z.strictObject({ reason, items: several(item, 30) }),
  aggregate: () => z.strictObject({ opinion: reason, sealed }),
  endorse: () => z.strictObject({ opinion: reason, sealed }),
  decline: () => because,
  submitToBureau: () => z.strictObject({ note: z.optional(reason) }),
  finishPreflight: () => z.strictObject({ gaps: count, duplicates: z.array(id), similar: z.array(id), repeats: z.optional(z.array(id)) }),
  passFormalCheck: () => z.strictObject({ note: z.optional(reason) }),
  rejectFiling: () => because,
  askCountersigns: () => z
    .strictObject({ mode: z.enum(['one', 'any', 'all', 'inSequence']), signers: several(person, 10), reason })
    .check(z.refine((asked) => asked.mode !== 'one' || asked.signers.length === 1, { path: ['signers'], error: '单人会签只选一人；多人的请选择任一人、全部或依次' })),
  countersign: () => z.strictObject({ opinion: reason }),
  transferCountersign: () => z.strictObject({ to: person, reason }),
  addCountersigner: () => z.strictObject({ signer: person, place: z.enum(['before', 'after']), reason }),
  withdrawCountersign: () => because,
  recallCountersigns: () => because,
  // review
  assignExperts: () => z.strictObject({ experts: several(person, 15), alternates: z.optional(several(person, 5)) }),
  dismissExpert: () => z.strictObject({ expert: person, reason }),
  declareNoConflict: () => z.strictObject({ conflictFree }),
  recuse: () => because,
  submitSheet: () => z.strictObject({
    scores: z.strictObject({ majorTask: score, innovation: score, expectedTarget: score, economicBenefit: score, socialBenefit: score }),
    comment: reason,
    conflictFree,
  }),
  closeReview: () => noArgs,
  proposeSelection: () => because,
  proposeRejection: () => because,
  approveSelection: () => mayBecause,
  approveRejection: () => mayBecause,
  sendBack: () => because,
  proposeLeadUnit: () => z.strictObject({ leadUnit: id, departments: several(id, 10) }),
  replyOnLeadUnit: () => z.strictObject({ agree: z.boolean(), comment: reason }),
  confirmLeadUnit: () => z.strictObject({ record: reason }),
  fileObjection: () => z.strictObject({ objector: line, phone: line, reason }),
  resolveObjection: () => z.strictObject({ finding: reason }),
  reopenReview: () => because,
  closeNotice: () => noArgs,
  publish: () => z.strictObject({ batch: id, batchCase: id, number: line }),
  // construction, acceptance and money
  ...buildingArgs,
  proposeAward: () => z.strictObject({ amountFen: fen, reason }),
  approveAward: () => mayBecause,
  returnAward: () => because,
  waiveAward: () => because,
  orderPayment: () => z.strictObject({ amountFen: fen, payee: line, bank: line, account: z.string().check(z.regex(/^[0-9-]{8,34}$/, { error: '请填写收款账号（8至34位数字）' })) }),
  approvePayment: () => mayBecause,
  returnPayment: () => because,
  confirmPayment: () => z.strictObject({ amountFen: fen, paidOn: day, voucherNo: line, fundSource: line }),
  deferAdvance: () => because,
  recordExpense: () => z.strictObject({ amountFen: fen, spentOn: day, purpose: line, voucherNo: line, attachment: z.optional(id) }),
  // evaluation and after
  ...effectArgs,
  finishArchive: () => z.strictObject({ key: line, sha256: digest }),
  // at any time
  requestChange: () => z.strictObject({ reason, items: several(item, 30) }),
  approveChange: () => mayBecause,
  refuseChange: () => because,
  amendForm: () => z.strictObject({ form }),
  withdraw: () => because,
  terminate: () => because,
  void: () => because,
  hold: () => because,
  resume: () => because,
  recordFinding: () => z.strictObject({ finding: id, severity: z.enum(['ordinary', 'severe']), reason }),
  resolveFinding: () => z.strictObject({ finding: id, reason }),
  orderRecovery: () => z.strictObject({ amountFen: fen, reason, finding: z.optional(id) }),
  noteRecovery: () => z.strictObject({ recovery: id, recoveredFen: fen, closed: z.boolean(), writtenOffFen: z.optional(fen) }),
  deadlinePassed: () => z.strictObject({ leaf: z.string().check(z.maxLength(80)) }),
  // lists of annex 1
  proposeRows: () => z.strictObject({ rows: z.array(listRow).check(z.minLength(1, { error: '至少填写一行' }), z.maxLength(mostRowsOfList, { error: `最多${mostRowsOfList}行` })), unit: z.optional(id) }),
  editRow: () => z.strictObject({ row: rowId, content: listRow, reason: z.optional(reason) }),
  removeRow: () => z.strictObject({ row: rowId, reason }),
  assignRow: () => z.strictObject({ row: rowId, unit: id }),
  orderRows: () => z.strictObject({ order: z.array(rowId).check(z.minLength(1, { error: '至少填写一行' }), z.maxLength(mostRowsOfList, { error: `最多${mostRowsOfList}行` })) }),
  sealList: () => z.strictObject({ opinion: reason, sealed, listSha256: digest, listSm3: digest }),
  unsealList: () => because,
  cancelList: () => because,
  acceptList: () => mayBecause,
  finishOpening: () => z.strictObject({ opened: count }),
  // publication
  finishFreeze: () => z.strictObject({ count, number: line, listKey: line, listSha256: digest }),
  checkList: () => z.strictObject({ listSha256: digest, note: z.optional(reason) }),
  signOff: () => z.strictObject({ documentNo: line, listSha256: digest }),
  refreeze: () => because,
  cancelBatch: () => because,
  finishPublication: () => z.strictObject({ published: count, refused: count, sha256: z.optional(digest), sm3: z.optional(digest) }),
  // the fund
  requestFunds: () => z.strictObject({ scenario: id, line: fundLine, amountFen: fen }),
  returnFunds: () => z.strictObject({ scenario: id, line: fundLine, amountFen: fen, because: z.enum(['released', 'repaid']), receiptNo: z.optional(line), paidOn: z.optional(day) }),
  proposeAdjustment: () => z.strictObject({ line: fundLine, direction: z.enum(['increase', 'decrease']), amountFen: fen, documentNo: line, reason }),
  approveAdjustment: () => mayBecause,
  rejectAdjustment: () => because,
  closeFund: () => because,
  // recovery
  issueNotice: () => z.strictObject({ documentNo: line, reason }),
  fileStatement: () => z.strictObject({ statement: paragraph }),
  proposeRecovery: () => z.strictObject({ amountFen: fen, reason }),
  proposeDrop: () => because,
  approveRecovery: () => z.strictObject({ documentNo: line, reason: z.optional(reason) }),
  approveDrop: () => mayBecause,
  issueDemand: () => z.strictObject({ documentNo: line, dueOn: day }),
  recordRepayment: () => z.strictObject({ amountFen: fen, receiptNo: line, paidOn: day }),
  proposeInstalments: () => z.strictObject({ instalments: several(z.strictObject({ dueOn: day, amountFen: fen }), 24), reason }),
  approveInstalments: () => mayBecause,
  rejectInstalments: () => because,
  proposeOffset: () => z.strictObject({ amountFen: fen, against: line, documentNo: line, reason }),
  approveOffset: () => mayBecause,
  rejectOffset: () => because,
  confirmRecovered: () => z.strictObject({ note: z.optional(reason) }),
  proposeWriteOff: () => because,
  approveWriteOff: () => mayBecause,
  rejectWriteOff: () => because,
  // demands for data
  acceptDemand: () => z.strictObject({ provider: id, note: z.optional(reason) }),
  returnDemand: () => because,
  transferDemand: () => z.strictObject({ handler: id, reason }),
  refuseDemand: () => because,
  resubmitDemand: () => z.strictObject(wanted()),
  offerData: () => z.strictObject({ plan: reason, promises: promises() }),
  raiseDifficulty: () => because,
  callMeeting: () => because,
  recordMeeting: () => z.strictObject({ heldOn: day, participants: several(line, 30), minutes: paragraph, promises: promises() }),
  signAsUser: () => z.strictObject({ responsible: line, undertaken: z.literal(true, { error: '须确认“谁使用、谁负责”' }) }),
  signAsProvider: () => z.strictObject({ responsible: line, undertaken: z.literal(true, { error: '须确认“谁管理、谁负责”' }) }),
  releaseData: () => z.strictObject({ note: z.optional(reason) }),
  recordDelivery: () => z.strictObject({ name: line, deliveredOn: day, note: z.optional(reason) }),
  recordProgress: () => z.strictObject({ note: reason }),
  reportDelivered: () => z.strictObject({ note: z.optional(reason) }),
  confirmUsable: () => z.strictObject({ accuracy: rating, completeness: rating, timeliness: rating, comment: reason }),
  reportDefects: () => z.strictObject({ reason, items: several(item, 20), dueOn: day }),
} as const);

/** The name of a command of any lifecycle. */
export type CommandType = keyof typeof commandArgs;

/** The arguments of one command. */
export type ArgsOf<K extends CommandType> = z.infer<(typeof commandArgs)[K]>;

/** What opens a demand for data of a scenario: the level whose data are wanted and the data authority it goes to. */
export const openDemandArgs = later(() => z.strictObject({ scenario: id, level: z.enum(['region', 'city', 'county']), handler: id, ...wanted() }));

const amended = later(() => z.strictObject({ scenario: id, change: z.literal('amend'), name: z.optional(line), unitName: z.optional(line) }).check(z.refine(({ name, unitName }) => name !== undefined || unitName !== undefined, { path: ['name'], error: '请填写更正后的场景名称或申报单位' })));
const struck = later(() => z.strictObject({ scenario: id, change: z.literal('strike') }));

/** What an officer asks to have corrected on a published list: each scenario once, at most 50 in one edition. */
export const openCorrectionArgs = later(() => z.strictObject({
  reason,
  changes: several(z.discriminatedUnion('change', [amended, struck]), 50).check(z.refine((changes) => new Set(changes.map(({ scenario }) => scenario)).size === changes.length, { error: '同一场景只能更正一次' })),
}));

/** What opens a scenario: the applicant's unit comes from the actor, `id` from the shell. `from` names a scenario it begins from; `profile` fills what is blank from the unit's profile. */
export const openScenarioArgs = later(() => z
  .strictObject({
    lifecycle: z.enum(['governmentInvestment', 'socialInvestment']),
    form: z.optional(form),
    from: z.optional(z.strictObject({ kind: z.enum(['refiling', 'replication']), case: id })),
    profile: z.optional(z.boolean()),
  })
  .check(z.refine((args) => args.form !== undefined || args.from !== undefined, { path: ['form'], error: '请填写表单，或指明从哪个场景复制' })));

/** What opens a list of annex 1: the authority comes from the actor. */
export const openListArgs = later(() => z.strictObject({ title: line }));

import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { acceptanceSteps } from './acceptance-steps.ts';
import { governmentFormFixture } from '../fixtures/forms.ts';
import { personItem } from '../../functions/store/people.ts';
import type { Expertise } from '../../shared/expert.ts';
import type { Scanner } from '../../functions/scan/verdict.ts';
import { startSmallCloud, type Reply, type SmallCloud } from './small-cloud.ts';

/** A case as tests read it. */
export interface Case {
  readonly id: string;
  readonly version: number;
  readonly state: readonly string[];
  readonly context: Record<string, unknown>;
  readonly offers: readonly { readonly command: string; readonly allowed: boolean }[];
  readonly tasks: readonly { readonly queue: string }[];
}

const experts = ['expert-chen', 'expert-zhou', 'expert-wu', 'expert-lin', 'expert-xie'];

/** The seeded people at work in a small cloud: what tests do again and again. */
export class Office {
  readonly cloud: SmallCloud;
  #keys = 0;

  constructor(cloud: SmallCloud) {
    this.cloud = cloud;
  }

  /** An office of its own, with fresh engines. */
  static async start(at?: string, scanner?: Scanner): Promise<Office> {
    return new Office(await startSmallCloud(at, scanner));
  }

  /** An idempotency key nobody used before. */
  key(): string {
    this.#keys += 1;
    return `key-${String(this.#keys).padStart(8, '0')}`;
  }

  /** Opens a government scenario with a name of its own: a repeated name would be a duplicate filing. */
  async open(person = 'wei-lan'): Promise<Case> {
    const key = this.key();
    const form = governmentFormFixture({ name: `数智大市场 ${key}` });
    return ok(await this.cloud.send<Case>(person, 'POST', '/scenarios', { body: { lifecycle: 'governmentInvestment', form }, headers: { 'idempotency-key': key } }), 'open');
  }

  /** Sends a command on a version. */
  send(person: string, path: string, command: string, args: object, version: number, key = this.key()): Promise<Reply<Case>> {
    return this.cloud.send<Case>(person, 'POST', `${path}/commands/${command}`, { body: args, headers: { 'idempotency-key': key, 'if-match': `"${version}"` } });
  }

  /** Reads a case. */
  async read(person: string, path: string): Promise<Case> {
    return ok(await this.cloud.send<Case>(person, 'GET', path), `${person} reads ${path}`);
  }

  /** Sends a command on the version the person sees; throws unless it is accepted. */
  async does(person: string, path: string, command: string, args: object = {}): Promise<Case> {
    const { version } = await this.read(person, path);
    return ok(await this.send(person, path, command, args, version), `${person} ${command}`);
  }

  /** Enters somebody into the expert pool, as an operator does. */
  async enterExpert(id: string, ties: Pick<Expertise, 'workedAt' | 'interests'>): Promise<void> {
    const { client, name } = this.cloud.table;
    await client.send(new PutItemCommand({ TableName: name, Item: personItem({ id, name: `专家${id}`, roles: ['expert'], org: 'gx-academy', expertise: { fields: [], ...ties } }) }));
  }

  /** Executions of a lifecycle as `<name> <status>`. */
  async executions(lifecycle: string): Promise<string[]> {
    const { executions } = await this.cloud.states.send(new ListExecutionsCommand({ stateMachineArn: `arn:aws:states:ap-southeast-1:000000000000:stateMachine:${lifecycle}` }));
    return (executions ?? []).map(({ name, status }) => `${name} ${status}`);
  }

  /** Moves the clock on by days. */
  later(days: number): Promise<void> {
    return this.cloud.moveTo(new Date(this.cloud.now() + days * 86_400_000).toISOString());
  }

  /** A payment from its order over everybody's approval to its voucher. */
  async pays(path: string, amountFen: number, paidOn: string): Promise<Case> {
    await this.does('pan-hong', path, 'orderPayment', { amountFen, payee: '南宁市农产品流通服务中心（演示）', bank: '广西国库集中支付中心', account: '4501000012345678' });
    await this.does('su-mei', path, 'approvePayment');
    if (amountFen > 50_000_000) await this.does('liang-shan', path, 'approvePayment');
    return this.does('pan-hong', path, 'confirmPayment', { amountFen, paidOn, voucherNo: `ZF-${amountFen}`, fundSource: '数字广西建设资金' });
  }

  /** From the application for acceptance to the last opinion of its panel; what is left is the result. */
  async inspects(path: string, day: string): Promise<void> {
    for (const [who, command, args] of acceptanceSteps(day)) await this.does(who, path, command, args);
  }

  /** A scenario on its way to the Bureau; answers its path. */
  async toBureau(): Promise<string> {
    const path = `/scenarios/${(await this.open()).id}`;
    await this.does('wei-lan', path, 'submit', { handler: 'nanning-data' });
    await this.does('lu-fang', path, 'aggregate', { opinion: '需求真实，同意汇总报送。', sealed: true });
    await this.does('lu-fang', path, 'submitToBureau');
    await this.cloud.settle();
    return path;
  }

  /** A selected scenario that waits for its batch; answers its path. */
  async toAwaitingBatch(): Promise<string> {
    const path = await this.toBureau();
    await this.does('li-ning', path, 'passFormalCheck');
    await this.does('li-ning', path, 'assignExperts', { experts });
    await this.does('zhao-wen', path, 'proposeLeadUnit', { leadUnit: 'gx-market', departments: ['gx-market', 'gx-industry'] });
    await this.does('nong-min', path, 'replyOnLeadUnit', { agree: true, comment: '同意' });
    await this.does('tan-jun', path, 'replyOnLeadUnit', { agree: true, comment: '同意' });
    await this.does('zhao-wen', path, 'confirmLeadUnit', { record: '已会商' });
    for (const expert of experts) {
      await this.does(expert, path, 'declareNoConflict', { conflictFree: true });
      await this.does(expert, path, 'submitSheet', sheet(85));
    }
    await this.does('li-ning', path, 'closeReview');
    await this.does('li-ning', path, 'proposeSelection', { reason: '达标' });
    await this.does('liang-shan', path, 'approveSelection');
    await this.cloud.settle();
    return path;
  }
}

function sheet(base: number) {
  return { scores: { majorTask: base, innovation: base, expectedTarget: base, economicBenefit: base, socialBenefit: base }, comment: '建议入选', conflictFree: true };
}

function ok<T>(reply: Reply<T>, what: string): T {
  if (reply.status >= 200 && reply.status < 300) return reply.body;
  throw new Error(`${what}: ${reply.status} ${JSON.stringify(reply.body)}`);
}

import { spawnSync } from 'node:child_process';
import { constants, cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { orgItem, personItem } from '../../functions/store/people.ts';
import { policies } from '../../shared/policy.ts';
import { startCloud } from './cloud.ts';
import type { Cloud, CloudOptions } from './cloud/types.ts';
import { organisations, people, tries } from './seed/people.ts';

// Lambda's clock shows UTC; threads inherit it.
process.env['TZ'] = 'UTC';

const root = resolve(import.meta.dirname, '../..');
const assemblyManifest = join(root, 'cdk.out/manifest.json');

/** Builds bundles and template when their inputs changed; in a process of its own, because the CDK takes 150 MB that the cloud shall not keep. */
function synthesizeWhenStale(): void {
  if (!existsSync(assemblyManifest)) console.log('首次启动，先构建，请稍候…… / First start: building, this takes a moment.');
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'infra/aws/synth.ts')], { cwd: root, encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(`构建失败，请先运行 npm run synth 查看原因。 / The build failed:\n${stdout}${stderr}`);
}

/** The cloud runs from its own copy: a later build may replace `cdk.out` under it. */
function ownAssembly(dataFolder: string): string {
  const own = join(dataFolder, 'assembly');
  const draft = `${own}.${process.pid}`;
  cpSync(join(root, 'cdk.out'), draft, { recursive: true, mode: constants.COPYFILE_FICLONE });
  rmSync(own, { recursive: true, force: true });
  renameSync(draft, own);
  return own;
}

const aboutOf = (org: string, title: string): string => `${title} · ${organisations.find(({ id }) => id === org)?.name ?? org}`;

/** The policy pack that new decisions rest on, where another than the template's default is asked for. */
function ruleSet(): Readonly<Record<string, string>> {
  const RuleSet = process.env['GUIJING_RULE_SET'];
  if (RuleSet === undefined) return {};
  if (!Object.hasOwn(policies, RuleSet)) throw new Error(`没有政策包 ${RuleSet}；可用：${Object.keys(policies).join('、')}。 / There is no policy pack ${RuleSet}.`);
  return { RuleSet };
}

/** Ways out of the house for notices, as the operator names them in the environment (docs/operator-runbook.md, "Mail and webhook"). */
function noticeChannels(): Record<string, string> {
  const named = { MailUrl: 'GUIJING_MAIL_URL', MailFrom: 'GUIJING_MAIL_FROM', WebhookUrl: 'GUIJING_WEBHOOK_URL', WebhookSecret: 'GUIJING_WEBHOOK_SECRET', ConsoleUrl: 'GUIJING_CONSOLE_URL' };
  return Object.fromEntries(Object.entries(named).flatMap(([parameter, variable]) => (process.env[variable] ? [[parameter, process.env[variable]]] : [])));
}

function options(dataFolder: string): CloudOptions {
  return {
    dataFolder,
    assembly: () => ownAssembly(dataFolder),
    port: Number(process.env['PORT'] ?? 8080),
    enforce: process.env['GUIJING_ENFORCE'] !== '0',
    // Test mode (1) has every call of a function checked; by default its way to the table is the short one.
    tablesDirect: process.env['GUIJING_ENFORCE'] !== '1',
    region: process.env['GUIJING_REGION'] ?? 'cn-northwest-1',
    audience: 'guijing',
    // Whatever port the pages come from: an upload goes from them straight to the bucket.
    parameters: { ConsoleOrigins: 'http://127.0.0.1:*,http://localhost:*', ...ruleSet(), ...noticeChannels(), MalwareScanner: process.env['GUIJING_MALWARE_SCANNER'] ?? 'none' },
    people: people.map(({ id, name, title, org, roles }) => ({ id, name, about: aboutOf(org, title), tries: roles.map((role) => tries[role]).join('；') })),
    ...(process.env['GUIJING_THREADS'] ? { threads: Number(process.env['GUIJING_THREADS']) } : {}),
    ...(process.env['GUIJING_WARM_THREADS'] ? { warmThreads: Number(process.env['GUIJING_WARM_THREADS']) } : {}),
    seed: (tables) => {
      const table = [...tables.values()][0]?.name ?? '';
      return [...organisations.map((org) => orgItem(org)), ...people.map((person) => personItem(person))].map((item) => ({ table, item }));
    },
  };
}

function greet({ endpoints }: Cloud, dataFolder: string, tookMs: number): void {
  const lines = [
    `桂景已启动（${(tookMs / 1000).toFixed(1)} 秒） / Guijing is running`,
    `  打开 / open        ${endpoints.api}/`,
    `  办理 / console     ${endpoints.api}/console`,
    `  接口说明 / API     ${endpoints.api}/docs`,
    `  登录 / sign in     ${endpoints.oidc}（选择人员即可，无需密码 / choose a person, no password）`,
    `  管理 / admin       ${endpoints.admin}（GET /clock · POST /clock {"advance":"P30D"} · POST /settle · POST /token {"person":"…"}）`,
    `  数据 / data        ${dataFolder}（AWS 工具用的地址与密钥在 endpoints.json / addresses and keys for AWS tools）`,
    '  停止 / stop        Ctrl-C',
  ];
  console.log(lines.join('\n'));
}

/** Ends in good order on the first signal, at once on the second. */
function endOnSignal(cloud: Cloud): void {
  let ending = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (ending) process.exit(1);
      ending = true;
      setTimeout(() => process.exit(1), 10_000).unref();
      void cloud.stop().then(() => process.exit(0));
    });
  }
}

async function main(): Promise<void> {
  const began = performance.now();
  const dataFolder = resolve(process.env['GUIJING_DATA'] ?? join(root, '.guijing'));
  if (process.env['GUIJING_BUILD'] !== '0' || !existsSync(assemblyManifest)) synthesizeWhenStale();
  const cloud = await startCloud(options(dataFolder));
  endOnSignal(cloud);
  greet(cloud, dataFolder, performance.now() - began);
}

/** What went wrong, and what lies behind it, in one line each. */
function reasons(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}\n  ${reasons(error.cause)}`;
}

await main().catch((error: unknown) => {
  console.error(process.env['DEBUG'] ? error : reasons(error));
  process.exit(1);
});

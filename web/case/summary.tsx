import { Alert } from 'antd';
import { Link } from 'react-router';
import { divisionName } from '../../shared/divisions.ts';
import type { Case, Json } from '../api/types.ts';
import { LinkButton } from '../parts/link-button.tsx';
import { atMinute } from '../parts/when.ts';
import { paths, type Collection } from '../paths.ts';
import { articleName, commandName, lifecycleName } from '../words/names.ts';
import { t } from '../words/language.ts';
import { flagOf } from '../words/reasons.ts';
import { yuan } from '../words/money.ts';
import { BatchEditions } from '../batches/batch-editions.tsx';
import { DocumentsLine } from './documents-line.tsx';
import { Lineage } from './lineage.tsx';
import { Whereabouts } from './whereabouts.tsx';

/** Where the case stands: who holds it, until when, what the reader may do, what deserves attention, the facts. */
export function Summary({ one, collection }: { readonly one: Case; readonly collection: Collection }) {
  const can = one.offers.filter((offer) => offer.allowed);
  return (
    <>
      <Flags flags={one.flags} />
      <section className="card">
        <h2>{t('进度')}</h2>
        <Whereabouts one={one} collection={collection} />
        <h3>{t('您可以办理')}</h3>
        {can.length === 0
          ? <p className="note">{t('目前没有需要您办理的事项。原因见')}<Link to={paths.one(collection, one.id, 'act')}>{t('办理')}</Link>{t('。')}</p>
          : <p className="buttons">{waysOf(one, collection, can.map(({ command }) => command)).map(([to, name]) => <LinkButton key={to} to={to}>{name}</LinkButton>)}</p>}
      </section>
      <section className="card">
        <h2>{t('概况')}</h2>
        <dl className="facts">
          <Fact name={t('类别')}>{lifecycleName(one.lifecycle)}</Fact>
          {facts(one).map(([name, value]) => <Fact key={name} name={t(name)}>{value}</Fact>)}
          <Fact name={t('建立')}>{atMinute(one.openedAt)}</Fact>
          <Fact name={t('规则版本')}>{t('{policy}（征求意见稿）', { policy: String(one.context['policy'] ?? '') })}</Fact>
        </dl>
      </section>
      {collection === 'scenarios' && <Lineage one={one} />}
      {collection === 'batches' && <BatchEditions one={one} />}
      {collection === 'recoveries' && <section className="card"><h2>{t('文书')}</h2><p className="note">{t('告知书、决定书和缴回通知书办到时即可下载。')}</p><DocumentsLine one={one} of="recovery" /></section>}
    </>
  );
}

/** What deserves attention, in one box however much it is: the progress below stays in sight. */
function Flags({ flags }: Pick<Case, 'flags'>) {
  const [first] = flags;
  if (!first) return null;
  if (flags.length === 1) return <Alert type="warning" showIcon title={flagOf(first)} description={articleName(first.article)} />;
  return <Alert type="warning" showIcon title={t('有 {count} 项需要关注', { count: flags.length })} description={<ul className="errors">{flags.map((flag) => <li key={flag.flag}>{flagOf(flag)} <span className="note">{articleName(flag.article)}</span></li>)}</ul>} />;
}

// What is done to the rows of a list, and its seal that names their digests.
const onTheSheet = new Set(['proposeRows', 'editRow', 'assignRow', 'removeRow', 'orderRows', 'sealList']);

/** Where one can go from here, each place once: a page on which several commands are carried out bears its own name. */
function waysOf(one: Case, collection: Collection, commands: readonly string[]): readonly (readonly [string, string])[] {
  const pages: Readonly<Record<string, string>> = { [paths.filing(one.id)]: t('填写和提交申报书'), [paths.one(collection, one.id, 'files')]: t('管理附件'), [paths.one(collection, one.id, 'rows')]: t('编辑和盖章清单') };
  const ways = commands.map((command) => commandPath(one, collection, command)).map((to, at) => [to, pages[to] ?? commandName(commands[at] ?? '')] as const);
  return [...new Map(ways)];
}

/** Where a command is carried out: forms and files have pages of their own. */
export function commandPath(one: Case, collection: Collection, command: string): string {
  if (command === 'saveForm' || command === 'amendForm' || ((command === 'submit' || command === 'resubmit') && collection === 'scenarios')) return paths.filing(one.id);
  if (command === 'confirmAttachment' || command === 'removeAttachment') return paths.one(collection, one.id, 'files');
  if (onTheSheet.has(command)) return paths.one(collection, one.id, 'rows');
  return paths.act(collection, one.id, command);
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return <div style={{ display: 'contents' }}><dt>{name}</dt><dd>{children}</dd></div>;
}

function facts({ context }: Case): (readonly [string, string])[] {
  const unit = context['unit'] as { readonly name?: string } | undefined;
  const rows: (readonly [string, string | undefined])[] = [
    [t('申报单位'), unit?.name],
    [t('总投资'), amount(context['investmentFen'])],
    [t('其中地方财政资金'), amount(context['localFiscalFen'])],
    [t('实施地'), divisionName(String(context['division'] ?? ''))],
    [t('名单编号'), textOf(context['listNumber'])],
    [t('退回次数'), typeof context['returns'] === 'number' && context['returns'] > 0 ? String(context['returns']) : undefined],
    [t('收回金额'), amount(context['amountFen'])],
    [t('半年'), textOf(context['half'])],
  ];
  return rows.filter((row): row is readonly [string, string] => row[1] !== undefined);
}

function amount(fen: Json | undefined): string | undefined {
  return typeof fen === 'number' ? yuan(fen) : undefined;
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

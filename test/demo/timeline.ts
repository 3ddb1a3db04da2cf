import { eventLabel, lifecycleLabels, stateLabel } from '../../machines/labels.zh.ts';
import type { LifecycleName } from '../../machines/decision.ts';
import type { EventRecord } from '../../functions/store/chain.ts';
import { formatWanYuan } from '../../shared/money.ts';

/** One line of a case's story: who did what when, from where to where, by which article, for how much (fen). */
export interface TimelineRow {
  readonly n: number;
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly article: string;
  readonly amountFen: number | null;
}

/** The story of a case from its events, in Chinese. */
export function timelineOf(lifecycle: LifecycleName, events: readonly EventRecord[]): TimelineRow[] {
  return events.map((event, index) => ({
    n: event.n,
    at: event.at,
    who: event.actor.person === 'system' ? '系统' : `${event.actor.name}（${event.actor.org.name}）`,
    what: eventLabel(event.command),
    from: labels(lifecycle, events[index - 1]?.leaves ?? []),
    to: labels(lifecycle, event.leaves),
    article: event.article,
    amountFen: amountIn(event),
  }));
}

/** A story as lines for people; times are Asia/Shanghai. */
export function timelineText(title: string, lifecycle: LifecycleName, rows: readonly TimelineRow[]): string {
  const lines = rows.map((row) => {
    const moved = row.from === row.to ? row.to : `${row.from || '（开始）'} → ${row.to}`;
    const money = row.amountFen === null ? '' : `  金额 ${formatWanYuan(row.amountFen)}`;
    return `${String(row.n).padStart(3)}  ${shanghai.format(new Date(row.at))}  ${row.who}：${row.what}\n       ${moved}  〔${row.article}〕${money}`;
  });
  return [`\n【${lifecycleLabels[lifecycle]}】${title}`, ...lines].join('\n');
}

const shanghai = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' });

function labels(lifecycle: LifecycleName, leaves: readonly string[]): string {
  return leaves.map((leaf) => stateLabel(lifecycle, leaf)).join(' ∥ ');
}

function amountIn({ args, money }: EventRecord): number | null {
  const amount = args['amountFen'] ?? money?.['amountFen'];
  return typeof amount === 'number' ? amount : null;
}

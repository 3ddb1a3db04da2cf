import { eventLabel, stateLabel } from '../../machines/labels.zh.ts';
import type { ReadCaseFile } from '../../shared/case-file.ts';
import { chartStyle } from '../case/chart-style.ts';
import { atMinute } from '../parts/when.ts';
import { element } from './element.ts';

type Told = { readonly n: number; readonly at: string; readonly command: string; readonly leaves: readonly string[]; readonly reason?: string | undefined; readonly who: string };

/** The case step by step on its statechart: a slider, buttons, what happened, and the picture with the way so far. */
export function replayView(file: ReadCaseFile): readonly Node[] {
  const steps = file.events.map(toldOf);
  const style = element('style');
  const line = element('p', [], { className: 'step' });
  line.setAttribute('aria-live', 'polite');
  const slider = element('input', [], { type: 'range', min: '1', max: String(steps.length), value: String(steps.length), id: 'step' });
  const chart = picture(file.lifecycle);
  const go = (at: number): void => {
    slider.value = String(Math.min(Math.max(at, 1), steps.length));
    paint(file.lifecycle, steps.slice(0, Number(slider.value)), steps.length, style, line);
    centre(chart, steps[Number(slider.value) - 1]?.leaves[0]);
    slider.setAttribute('aria-valuetext', line.textContent ?? '');
  };
  slider.addEventListener('input', () => go(Number(slider.value)));
  const button = (text: string, by: number): HTMLElement => {
    const made = element('button', text, { type: 'button' });
    made.addEventListener('click', () => go(Number(slider.value) + by));
    return made;
  };
  go(steps.length);
  const label = element('label', '办理步骤', { htmlFor: 'step' });
  return [element('h2', '办理过程回放'), element('div', [label, button('← 上一步', -1), slider, button('下一步 →', 1)], { className: 'slider' }), line, element('p', '橙色为所在环节，蓝色为走过的环节与路线。', { className: 'note' }), style, chart];
}

function toldOf(each: ReadCaseFile['events'][number]): Told {
  return 'event' in each ? { ...each.event, who: `${each.event.actor.name}，${each.event.actor.org.name}` } : { ...each, who: each.actor.name };
}

function paint(lifecycle: string, way: readonly Told[], total: number, style: HTMLElement, line: HTMLElement): void {
  const now = way.at(-1);
  if (!now) return;
  style.textContent = chartStyle(way, now.leaves);
  const where = now.leaves.map((leaf) => stateLabel(lifecycle as never, leaf)).join('、');
  line.textContent = `第 ${now.n} 步，共 ${total} 步：${eventLabel(now.command)} · ${atMinute(now.at)} · ${now.who}${now.reason === undefined ? '' : ` · 理由：${now.reason}`}。此后在：${where || '已办结'}`;
}

/** Scrolls the picture, and only it, to where the case stands. */
function centre(chart: HTMLElement, leaf: string | undefined): void {
  const box = leaf === undefined ? null : chart.querySelector(`[data-leaf="${CSS.escape(leaf)}"]`);
  if (!box) return;
  const [at, frame] = [box.getBoundingClientRect(), chart.getBoundingClientRect()];
  chart.scrollBy({ left: at.x + at.width / 2 - frame.x - frame.width / 2, top: at.y + at.height / 2 - frame.y - frame.height / 2 });
}

// The pictures are our own, put in when this page was built.
function picture(lifecycle: string): HTMLElement {
  const charts = JSON.parse(document.querySelector('#charts')?.textContent ?? '{}') as Record<string, string>;
  const made = element('div', [], { className: 'chart', tabIndex: 0 });
  made.setAttribute('role', 'group');
  made.setAttribute('aria-label', '流程图');
  made.innerHTML = charts[lifecycle] ?? '<p>没有这一类案件的流程图。</p>';
  return made;
}

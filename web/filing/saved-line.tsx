import { atClock } from '../parts/when.ts';
import type { Draft } from './draft.ts';

/** Says where the draft is kept by now: never confused with submitted. */
export function SavedLine({ draft: { saved } }: { readonly draft: Draft }) {
  return <span className="saved no-print" role="status">{words(saved)}</span>;
}

function words(saved: Draft['saved']): string {
  switch (saved.state) {
    case 'saved':
      return `已保存 ${atClock(saved.at)}（尚未提交的内容只有本单位可见）`;
    case 'saving':
      return '正在保存……';
    case 'local':
      return '已保存在本机，稍后自动保存到系统';
    case 'failed':
      return `没有保存到系统：${saved.error instanceof Error ? saved.error.message : '请重试'}（内容保存在本机）`;
    case 'conflict':
      return '没有保存：有人同时修改';
    case 'none':
      return '';
  }
}

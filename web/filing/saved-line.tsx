import { atClock } from '../parts/when.ts';
import type { Draft } from './draft.ts';
import { t } from '../words/language.ts';

/** Says where the draft is kept by now: never confused with submitted. */
export function SavedLine({ draft: { saved } }: { readonly draft: Draft }) {
  return <span className="saved no-print" role="status">{words(saved)}</span>;
}

function words(saved: Draft['saved']): string {
  switch (saved.state) {
    case 'saved':
      return t('已保存 {at}（尚未提交的内容只有本单位可见）', { at: atClock(saved.at) });
    case 'saving':
      return t('正在保存……');
    case 'local':
      return t('已保存在本机，稍后自动保存到系统');
    case 'failed':
      return t('没有保存到系统：{why}（内容保存在本机）', { why: saved.error instanceof Error ? saved.error.message : t('请重试') });
    case 'conflict':
      return t('没有保存：有人同时修改');
    case 'none':
      return '';
  }
}

import { Button, Input } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { freshKey, send } from '../api/client.ts';
import type { WholeList } from '../api/list-queries.ts';
import { afterDecision } from '../api/queries.ts';
import type { Case } from '../api/types.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { paths } from '../paths.ts';
import { t } from '../words/language.ts';

interface Props {
  readonly one: Case;
  readonly list: WholeList;
  readonly digests: NonNullable<WholeList['digests']>;
  /** Whether the sheet says nothing else than the list. */
  readonly isClean: boolean;
}

/** Seals the list as it stands: the seal names the digests of exactly these rows. */
export function SealBox({ one, list, digests, isClean }: Props) {
  const navigate = useNavigate();
  const [opinion, setOpinion] = useState('');
  const [sealed, setSealed] = useState(false);
  const [error, setError] = useState<unknown>();
  const seal = async () => {
    await send({ collection: 'lists', id: one.id, command: 'sealList', args: { opinion, sealed: true, listSha256: digests.sha256, listSm3: digests.sm3 }, version: list.version, key: freshKey() });
    await navigate(paths.one('lists', one.id), { state: { notice: t('清单已盖章，可以报送自治区数据局。') } });
    await afterDecision('lists', one.id);
  };
  return (
    <form className="card no-print" aria-labelledby="seal" onSubmit={(event) => { event.preventDefault(); seal().catch(setError); }}>
      <h2 id="seal">{t('盖章')}</h2>
      <p className="note">{t('共 {count} 行。摘要 SM3 {digest}…，印章与这一内容对应；盖章后改动须先启封。', { count: list.rows.length, digest: digests.sm3.slice(0, 16) })}</p>
      <div className="field"><label htmlFor="opinion">{t('意见')}</label><Input.TextArea id="opinion" rows={2} value={opinion} onChange={(event) => setOpinion(event.target.value)} /></div>
      <div className="checks"><label><input type="checkbox" checked={sealed} onChange={(event) => setSealed(event.target.checked)} />{t('已加盖公章')}</label></div>
      {error !== undefined && <ProblemAlert error={error} />}
      <div className="buttons"><Button type="primary" htmlType="submit" disabled={!sealed || opinion.trim() === '' || !isClean}>{t('确认盖章')}</Button>{!isClean && <span className="note">{t('请先保存清单的修改。')}</span>}</div>
    </form>
  );
}

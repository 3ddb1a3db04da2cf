import { Alert, Button } from 'antd';
import { useId, useState, type DragEvent } from 'react';
import { afterDecision } from '../api/queries.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { accepted, mayPass, parcel, Unfit, upload, type Parcel, type Progress } from './upload.ts';
import { t } from '../words/language.ts';

interface Props {
  readonly id: string;
  readonly parts: readonly { readonly part: string; readonly title: string }[];
  readonly preferred: string | undefined;
}

interface Going {
  readonly key: string;
  readonly parcel: Parcel;
  readonly progress?: Progress;
  readonly error?: unknown;
}

/** Takes files by dialog or by drag and drop, and shows each on its way; what broke off can be sent again. */
export function UploadBox({ id, parts, preferred }: Props) {
  const [chosen, setChosen] = useState<string>();
  const part = chosen ?? preferred ?? parts[0]?.part ?? '';
  const [over, setOver] = useState(false);
  const [going, setGoing] = useState<readonly Going[]>([]);
  const [year, setYear] = useState(new Date().getFullYear() - 1);
  const field = useId();
  const change = (key: string, what: Partial<Going>) => setGoing((all) => all.map((each) => (each.key === key ? { ...each, ...what } : each)));
  const begin = async (one: Going) => {
    try {
      await upload(one.parcel, (progress) => change(one.key, { progress, error: undefined }));
      setGoing((all) => all.filter((each) => each.key !== one.key));
      setChosen(undefined);
      await afterDecision('scenarios', id);
    } catch (error) {
      change(one.key, { error });
    }
  };
  const take = (files: Iterable<File>) => {
    const fresh = [...files].map((file) => parcel(id, part, file, part === 'auditReport' ? year : undefined)).map((each) => ({ key: each.key, parcel: each }));
    setGoing((all) => [...all, ...fresh]);
    for (const each of fresh) void begin(each);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <div className={over ? 'drop over no-print' : 'drop no-print'} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
      <div className="row">
        {parts.length > 1 && (
          <select aria-label={t('文件属于哪一项')} value={part} onChange={(event) => setChosen(event.target.value)}>
            {parts.map((each) => <option key={each.part} value={each.part}>{each.title}</option>)}
          </select>
        )}
        {part === 'auditReport' && <label>{t('审计年度')} <input type="number" className="year" min={2000} max={2100} value={year} onChange={(event) => setYear(Number(event.target.value))} /></label>}
        {/* The native control speaks the browser's language; its label looks like a button and is one. */}
        <input id={field} className="hidden" type="file" multiple accept={accepted} onChange={(event) => { take(event.target.files ?? []); event.target.value = ''; }} />
        <label htmlFor={field} className="choose">{t('选择文件')}<span className="hidden">{t('：')}{parts.find((each) => each.part === part)?.title}</span></label>
        <span className="note">{t('或拖到这里')}{parts.length === 1 ? t('：{text}', { text: parts[0]?.title ?? '' }) : ''}</span>
      </div>
      {going.map((one) => <Row key={one.key} one={one} onAgain={() => void begin(one)} onDrop={() => setGoing((all) => all.filter((each) => each.key !== one.key))} />)}
    </div>
  );
}

const stepWords = { checking: '正在核验', waiting: '网络中断，恢复后自动继续', hashing: '正在计算摘要' } as const;

function Row({ one, onAgain, onDrop }: { readonly one: Going; readonly onAgain: () => void; readonly onDrop: () => void }) {
  const { parcel: { file }, progress, error } = one;
  if (error !== undefined) {
    const drop = <Button size="small" onClick={onDrop}>{t('放弃 {name}', { name: file.name })}</Button>;
    if (error instanceof Unfit) return <Alert type="error" showIcon role="alert" title={t('不能上传 {name}', { name: file.name })} description={<><p className="line">{error.message}</p>{drop}</>} />;
    return <><ProblemAlert error={error} words={() => file.name} {...(mayPass(error) ? { onRetry: onAgain } : {})} />{drop}</>;
  }
  return (
    <div className="file" role="status">
      <span>{file.name}</span>
      {progress?.step === 'sending' ? <progress aria-label={t('{name} 的进度', { name: file.name })} max={1} value={progress.part} /> : <progress aria-label={t('{name} 的进度', { name: file.name })} />}
      <span className="note">{progress?.step === 'sending' ? `${Math.round(progress.part * 100)}%` : t(stepWords[progress?.step ?? 'hashing'])}</span>
    </div>
  );
}

import { Button } from 'antd';
import { useId, useRef, useState, type DragEvent } from 'react';
import { afterDecision } from '../api/queries.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { accepted, upload, type Progress } from './upload.ts';

interface Props {
  readonly id: string;
  readonly parts: readonly { readonly part: string; readonly title: string }[];
  readonly preferred: string | undefined;
}

interface Going {
  readonly key: number;
  readonly file: File;
  readonly part: string;
  readonly progress?: Progress;
  readonly error?: unknown;
}

/** Takes files by dialog or by drag and drop, and shows each on its way; what broke off can be sent again. */
export function UploadBox({ id, parts, preferred }: Props) {
  const [chosen, setChosen] = useState<string>();
  const part = chosen ?? preferred ?? parts[0]?.part ?? '';
  const [over, setOver] = useState(false);
  const [going, setGoing] = useState<readonly Going[]>([]);
  const next = useRef(0);
  const field = useId();
  const change = (key: number, what: Partial<Going>) => setGoing((all) => all.map((each) => (each.key === key ? { ...each, ...what } : each)));
  const begin = async (one: Going) => {
    try {
      await upload(id, one.part, one.file, (progress) => change(one.key, { progress, error: undefined }));
      setGoing((all) => all.filter((each) => each.key !== one.key));
      setChosen(undefined);
      await afterDecision('scenarios', id);
    } catch (error) {
      change(one.key, { error });
    }
  };
  const take = (files: Iterable<File>) => {
    const fresh = [...files].map((file) => ({ key: (next.current += 1), file, part }));
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
          <select aria-label="文件属于哪一项" value={part} onChange={(event) => setChosen(event.target.value)}>
            {parts.map((each) => <option key={each.part} value={each.part}>{each.title}</option>)}
          </select>
        )}
        {/* The native control speaks the browser's language; its label looks like a button and is one. */}
        <input id={field} className="hidden" type="file" multiple accept={accepted} onChange={(event) => { take(event.target.files ?? []); event.target.value = ''; }} />
        <label htmlFor={field} className="choose">选择文件<span className="hidden">：{parts.find((each) => each.part === part)?.title}</span></label>
        <span className="note">或拖到这里{parts.length === 1 ? `：${parts[0]?.title ?? ''}` : ''}</span>
      </div>
      {going.map((one) => <Row key={one.key} one={one} onAgain={() => void begin(one)} onDrop={() => setGoing((all) => all.filter((each) => each.key !== one.key))} />)}
    </div>
  );
}

function Row({ one, onAgain, onDrop }: { readonly one: Going; readonly onAgain: () => void; readonly onDrop: () => void }) {
  const { file, progress, error } = one;
  if (error !== undefined) return <><ProblemAlert error={error} onRetry={onAgain} /><Button size="small" onClick={onDrop}>放弃 {file.name}</Button></>;
  return (
    <div className="file" role="status">
      <span>{file.name}</span>
      {progress?.step === 'sending' ? <progress aria-label={`${file.name} 的进度`} max={1} value={progress.part} /> : <progress aria-label={`${file.name} 的进度`} />}
      <span className="note">{progress?.step === 'checking' ? '正在核验' : progress?.step === 'sending' ? `${Math.round(progress.part * 100)}%` : '正在计算摘要'}</span>
    </div>
  );
}

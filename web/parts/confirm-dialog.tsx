import { Button } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { t } from '../words/language.ts';
import { ProblemAlert } from './problem-alert.tsx';

interface Props {
  readonly title: string;
  /** What the button says that does it. */
  readonly label: string;
  readonly children?: ReactNode;
  readonly onConfirm: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks before something is done that cannot be undone. The browser's own dialog keeps the focus inside and gives it back; what went wrong is said in it. */
export function ConfirmDialog({ title, label, children, onConfirm, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  useEffect(() => dialog.current?.showModal(), []);
  const confirm = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm();
      dialog.current?.close();
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };
  return (
    <dialog ref={dialog} className="preview ask" aria-labelledby="ask-title" onClose={onClose}>
      <h2 id="ask-title">{title}</h2>
      {children}
      {error !== undefined && <ProblemAlert error={error} />}
      <div className="buttons">
        <Button type="primary" loading={busy} onClick={() => void confirm()}>{label}</Button>
        <Button onClick={() => dialog.current?.close()}>{t('取消')}</Button>
      </div>
    </dialog>
  );
}

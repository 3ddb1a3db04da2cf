import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read } from '../api/client.ts';
import type { Attachment } from '../api/types.ts';
import { Shown } from '../parts/states.tsx';
import { t } from '../words/language.ts';

/** Whether browsers show files of this type in place. */
export const canPreview = ({ type }: Attachment): boolean => type === 'application/pdf' || type.startsWith('image/');

interface Props {
  readonly id: string;
  readonly file: Attachment;
  readonly onClose: () => void;
}

/** A file shown over the page by a link that is good for five minutes; the browser's own dialog keeps the focus inside and gives it back. */
export function FilePreview({ id, file, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const link = useQuery({ queryKey: ['link', id, file.id], queryFn: () => read('/scenarios/{id}/attachments/{attachment}/link', { id, attachment: file.id }), gcTime: 0 });
  return (
    <dialog ref={dialog} className="preview" aria-label={t('预览：{name}', { name: file.name })} onClose={onClose}>
      <div className="page-head"><strong>{file.name}</strong><Button onClick={() => dialog.current?.close()}>{t('关闭预览')}</Button></div>
      <Shown read={link} what={t('文件')}>{({ url, view }) => <Content file={file} url={url} view={view} />}</Shown>
    </dialog>
  );
}

function Content({ file, url, view }: { readonly file: Attachment; readonly url: string; readonly view: string | undefined }) {
  if (view && file.type.startsWith('image/')) return <img src={view} alt={file.name} />;
  if (view && navigator.pdfViewerEnabled) return <iframe src={view} title={file.name} />;
  return <p>{t('这个浏览器不能直接显示该文件，请')}<a href={url}>{t('下载后查看')}</a>{t('。')}</p>;
}

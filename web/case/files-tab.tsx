import { Button, Input } from 'antd';
import { useState } from 'react';
import { attachmentClasses, attachmentParts, type AttachmentClass, type AttachmentPart } from '../../shared/contracts/attachments.ts';
import { freshKey, read, send } from '../api/client.ts';
import type { FileList } from '../api/names.ts';
import { afterDecision, useFiles } from '../api/queries.ts';
import type { Attachment, Case } from '../api/types.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Shown } from '../parts/states.tsx';
import { canPreview, FilePreview } from './file-preview.tsx';
import { UploadBox } from './upload-box.tsx';
import { partName } from '../words/choices.ts';
import { t } from '../words/language.ts';
import { whyNot } from '../words/reasons.ts';

const classTitles = {
  identity: '（一）身份证明', licence: '（二）法人证书、营业执照', approvals: '（三）核准、备案与审批文件', audit: '（四）审计报告',
  money: '（五）资金来源及投入凭证', letter: '（六）承诺书', evidence: '后续证明材料',
} as const satisfies Record<AttachmentClass, string>;

/** The attachments by the six classes of annex 2, with what is missing. */
export function FilesTab({ one }: { readonly one: Case }) {
  const files = useFiles(one.id);
  return <Shown read={files} what={t('附件')}>{(list) => <Files one={one} list={list} />}</Shown>;
}

/** The classes with their files, for the case page and for the wizard. */
export function Files({ one, list }: { readonly one: Case; readonly list: FileList }) {
  const may = (command: string) => one.offers.find((offer) => offer.command === command);
  const upload = may('confirmAttachment');
  return (
    <>
      <p role="status">{list.required.length === 0 ? t('政府投资类场景按附件1申报，不要求附件；可以补充证明材料。') : list.missing.length === 0 ? t('必需的附件已齐。') : t('还缺 {count} 份：{names}。', { count: list.missing.length, names: list.missing.map(({ title }) => title).join(t('、')) })}</p>
      <p className="note">{t('可用 PDF、JPG、PNG、Word（docx）、Excel（xlsx）、OFD，每份不超过50MB。文件按内容核验，并登记 SHA-256 与 SM3 摘要。')}</p>
      {upload && !upload.allowed && <p className="note">{whyNot(upload)}</p>}
      <div className="files">
        {attachmentClasses.map((name) => <FileClass key={name} name={name} one={one} list={list} mayUpload={upload?.allowed ?? false} mayRemove={may('removeAttachment')?.allowed ?? false} />)}
      </div>
    </>
  );
}

interface ClassProps {
  readonly name: AttachmentClass;
  readonly one: Case;
  readonly list: FileList;
  readonly mayUpload: boolean;
  readonly mayRemove: boolean;
}

const classOf = (file: Attachment): AttachmentClass => attachmentParts[file.part as AttachmentPart]?.class ?? 'evidence';

function FileClass({ name, one, list, mayUpload, mayRemove }: ClassProps) {
  const files = list.items.filter((file) => classOf(file) === name && file.status === 'confirmed');
  const missing = list.missing.filter((each) => each.class === name);
  const parts = Object.entries(attachmentParts).filter(([, part]) => part.class === name).map(([part]) => ({ part, title: partName(part) }));
  return (
    <section className="card" aria-label={t(classTitles[name])}>
      <h3>{t(classTitles[name])} {missing.length > 0 && <span className="late">{t('缺：')}{missing.map(({ title }) => title).join(t('、'))}</span>}</h3>
      {files.length === 0 && <p className="note">{t('还没有文件。')}</p>}
      {files.map((file) => <FileRow key={file.id} file={file} one={one} mayRemove={mayRemove} />)}
      {mayUpload && <UploadBox id={one.id} parts={parts} preferred={missing[0]?.part} />}
    </section>
  );
}

function FileRow({ file, one, mayRemove }: { readonly file: Attachment; readonly one: Case; readonly mayRemove: boolean }) {
  const [error, setError] = useState<unknown>();
  const [removing, setRemoving] = useState(false);
  const [reason, setReason] = useState('');
  const [previewing, setPreviewing] = useState(false);
  const open = async () => {
    const { url } = await read('/scenarios/{id}/attachments/{attachment}/link', { id: one.id, attachment: file.id });
    location.assign(url);
  };
  const remove = async () => {
    await send({ collection: 'scenarios', id: one.id, command: 'removeAttachment', args: { attachment: file.id, part: file.part, ...(reason ? { reason } : {}) }, version: one.version, key: freshKey() });
    await afterDecision('scenarios', one.id);
  };
  return (
    <div>
      <div className="file">
        <span>{t('{name}：', { name: partName(file.part) })}<button type="button" className="link" onClick={() => void open().catch(setError)}>{file.name}</button></span>
        {canPreview(file) && <Button size="small" onClick={() => setPreviewing(true)}>{t('预览')}<span className="hidden">{file.name}</span></Button>}
        <span className="note">{file.year !== undefined && `${t('{year} 年度', { year: file.year })} · `}{(file.size / 1024).toFixed(0)} KB · SHA-256 {file.sha256.slice(0, 8)}…</span>
        {mayRemove && !removing && <Button size="small" onClick={() => setRemoving(true)}>{t('删除')}<span className="hidden">{file.name}</span></Button>}
      </div>
      {removing && (
        <div className="row">
          <Input className="wide" aria-label={t('删除的理由（选填）')} placeholder={t('删除的理由（选填）')} value={reason} onChange={(event) => setReason(event.target.value)} />
          <Button danger onClick={() => void remove().catch(setError)}>{t('确认删除')}</Button>
          <Button onClick={() => setRemoving(false)}>{t('取消')}</Button>
        </div>
      )}
      {previewing && <FilePreview id={one.id} file={file} onClose={() => setPreviewing(false)} />}
      {error !== undefined && <ProblemAlert error={error} />}
    </div>
  );
}

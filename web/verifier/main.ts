import { checkCaseFile, type ReadCaseFile } from '../../shared/case-file.ts';
import { digestsOf, digestsOfBytes } from './digests.ts';
import { element, show } from './element.ts';
import { findingsView } from './findings-view.ts';
import { replayView } from './replay-view.ts';

/** The page: a case file is chosen or dropped, checked, and replayed; nothing leaves the machine. */
const input = document.querySelector('#file') as HTMLInputElement;
const attached = document.querySelector('#attachment') as HTMLInputElement;
let checked: ReadCaseFile | undefined;

input.addEventListener('change', () => void open(input.files?.[0]));
attached.addEventListener('change', () => void compare(attached.files?.[0]));
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
  event.preventDefault();
  void open(event.dataTransfer?.files[0]);
});

async function open(file: File | undefined): Promise<void> {
  if (!file) return;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const findings = checkCaseFile(bytes, digestsOf);
  checked = findings.file;
  show('#result', findingsView(file.name, findings));
  show('#replay', findings.file ? replayView(findings.file) : []);
  (document.querySelector('#papers') as HTMLElement).hidden = (findings.file?.attachments.length ?? 0) === 0;
  show('#paper', []);
  (document.querySelector('#result h2') as HTMLElement | null)?.focus();
}

/** Compares a file of the case with the digests that the case file has of its attachments. */
async function compare(file: File | undefined): Promise<void> {
  if (!file || !checked) return;
  const { sha256, sm3 } = digestsOfBytes(new Uint8Array(await file.arrayBuffer()));
  const same = checked.attachments.find((one) => one.sha256 === sha256 && one.sm3 === sm3);
  show('#paper', [element('p', same ? `“${file.name}”与案卷登记的附件“${same.name}”逐字节一致。` : `“${file.name}”不是案卷登记的任何一份附件，或内容已被改动。`, { className: same ? 'good' : 'bad' })]);
}

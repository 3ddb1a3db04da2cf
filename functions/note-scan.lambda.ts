import { bucket } from './cloud/files.ts';
import { deskNow } from './cloud/records.ts';
import { taskShell } from './cloud/task-shell.ts';
import { noteVerdict, type ScanResult } from './scan/note-verdict.ts';

/** EventBridge: GuardDuty has scanned an upload. */
export const handler = taskShell('note-scan', ({ detail }: ScanResult) => ({ scan: detail.scanStatus, result: detail.scanResultDetails?.scanResultStatus }), (event: ScanResult) => noteVerdict({ ...deskNow(), bucket }, event));

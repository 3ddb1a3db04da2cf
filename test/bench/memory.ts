import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudProcess } from '../harness/cloud-process.ts';

/** Resident megabytes of the whole local cloud: its process and the table engine. */
export function residentMb({ dataFolder, endpoints }: Pick<CloudProcess, 'dataFolder' | 'endpoints'>): number {
  const { pid } = JSON.parse(readFileSync(join(dataFolder, 'dynoxide.json'), 'utf8')) as { pid: number };
  return fieldMb(endpoints.pid, 'VmRSS') + fieldMb(pid, 'VmRSS');
}

/** The most megabytes the cloud's own process ever had resident. */
export function peakMb({ endpoints }: Pick<CloudProcess, 'endpoints'>): number {
  return fieldMb(endpoints.pid, 'VmHWM');
}

function fieldMb(pid: number, name: string): number {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').split('\n').find((each) => each.startsWith(`${name}:`));
  return Number(/\d+/.exec(line ?? '')?.[0] ?? Number.NaN) / 1024;
}

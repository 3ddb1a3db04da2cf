import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudProcess } from '../harness/cloud-process.ts';

/** The process id of a cloud's table engine. */
export function enginePid({ dataFolder }: Pick<CloudProcess, 'dataFolder'>): number {
  return (JSON.parse(readFileSync(join(dataFolder, 'dynoxide.json'), 'utf8')) as { pid: number }).pid;
}

/** CPU that a process has used since its start, in ms, system time included (proc(5): ticks of 10 ms). */
export function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Resident megabytes of the whole local cloud: its process and the table engine. */
export function residentMb(cloud: Pick<CloudProcess, 'dataFolder' | 'endpoints'>): number {
  return fieldMb(cloud.endpoints.pid, 'VmRSS') + fieldMb(enginePid(cloud), 'VmRSS');
}

/** The most megabytes the cloud's own process ever had resident. */
export function peakMb({ endpoints }: Pick<CloudProcess, 'endpoints'>): number {
  return fieldMb(endpoints.pid, 'VmHWM');
}

function fieldMb(pid: number, name: string): number {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').split('\n').find((each) => each.startsWith(`${name}:`));
  return Number(/\d+/.exec(line ?? '')?.[0] ?? Number.NaN) / 1024;
}

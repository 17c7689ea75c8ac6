import { readFile } from 'node:fs/promises';

/** Resident memory of a process without its children, in MB. Linux only. */
export async function residentMemory(pid: number | null | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

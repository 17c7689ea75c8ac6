import { readdir, readFile, writeFile } from 'node:fs/promises';

/** A child of this process, and what it was started as. Linux only. */
export interface Child {
  pid: number;
  commandLine: string;
}

/** The processes that this one has started and that still run. */
export async function childrenOfThis(): Promise<Child[]> {
  const threads = await readdir('/proc/self/task');
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/self/task/${thread}/children`, 'utf8')),
  );
  const pids = lists.join(' ').split(/\s+/).filter(Boolean).map(Number);
  return Promise.all(
    pids.map(async (pid) => ({
      pid,
      commandLine: (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim(),
    })),
  );
}

/** What a process takes, pages that it shares counted by their share, in MB. */
export async function proportionalMemory(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1]) / 1024;
}

/** What a process takes at most from now on, beyond what it takes now, in MB. */
export async function watchPeak(pid: number): Promise<{ peak(): Promise<number> }> {
  const read = async (field: string) => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  };
  await writeFile(`/proc/${pid}/clear_refs`, '5'); // the peak begins anew
  const idle = await read('VmRSS');
  return { peak: async () => (await read('VmHWM')) - idle };
}

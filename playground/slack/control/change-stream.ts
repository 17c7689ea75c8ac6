import { setTimeout } from 'node:timers/promises';
import type { Change } from '../control-types.ts';

const REOPEN_MS = 100;

/**
 * The changes of a look-alike that runs elsewhere, read for as long as somebody listens: no open connection keeps a program
 * alive that has what it waited for. Every (re)connection begins with `hello`: whatever was missed, look again.
 */
export function openChangeStream(url: string) {
  const listeners = new Set<(change: Change) => void>();
  let reading: AbortController | undefined;
  const tell = (change: Change) => {
    for (const listener of [...listeners]) listener(change);
  };
  /** Returns how to stop listening. */
  return (listener: (change: Change) => void): (() => void) => {
    // One of its own for each call, so that the same function may listen twice.
    const own = (change: Change) => listener(change);
    listeners.add(own);
    if (!reading) {
      reading = new AbortController();
      void keepReading(url, tell, reading.signal);
    }
    return () => {
      listeners.delete(own);
      if (listeners.size > 0) return;
      reading?.abort();
      reading = undefined;
    };
  };
}

async function keepReading(url: string, tell: (change: Change) => void, signal: AbortSignal) {
  while (!signal.aborted) {
    // A server that is gone is for whoever looks again to notice: they get its error.
    await read(url, tell, signal).catch(() => tell({ type: 'hello' }));
    await setTimeout(REOPEN_MS, undefined, { signal }).catch(() => {});
  }
}

async function read(url: string, tell: (change: Change) => void, signal: AbortSignal) {
  const response = await fetch(url, { signal });
  if (!response.ok || !response.body) throw new Error(`The stream answered ${response.status}.`);
  let rest = '';
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const events = (rest + text).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events)
      if (event.startsWith('data: ')) tell(JSON.parse(event.slice('data: '.length)) as Change);
  }
}

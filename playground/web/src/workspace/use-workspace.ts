import { useEffect, useReducer } from 'react';
import type { Change, State } from '../../../slack/control-types.ts';
import { applyChange } from './apply-change.ts';
import { stateOf } from './state-of.ts';

/** `lost`: what is shown may be old; the page tries to get back by itself. */
export type Connection = 'loading' | 'live' | 'lost';

export interface Workspace {
  state?: State;
  connection: Connection;
}

type Step =
  | { type: 'loaded'; state: State }
  | { type: 'changed'; change: Change }
  | { type: 'lost' }
  | { type: 'left' };

const retryMs = 1_000;

/** All that `me` sees, kept up to date by the server's stream. */
export function useWorkspace(me: string | undefined): Workspace {
  const [workspace, step] = useReducer(reduce, { connection: 'loading' });
  useEffect(() => {
    if (!me) return;
    const stop = follow(me, step);
    return () => {
      stop();
      step({ type: 'left' });
    };
  }, [me]);
  return workspace;
}

function reduce(workspace: Workspace, step: Step): Workspace {
  switch (step.type) {
    case 'loaded':
      return { state: step.state, connection: 'live' };
    case 'changed':
      if (!workspace.state) return workspace;
      return { ...workspace, state: applyChange(workspace.state, step.change) };
    case 'lost':
      return { ...workspace, connection: 'lost' };
    case 'left':
      return { connection: 'loading' };
  }
}

/** Opens the stream, and opens it again whenever it breaks. Returns what ends that. */
function follow(me: string, step: (step: Step) => void): () => void {
  const left = new AbortController();
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const retry = () => {
    source.close();
    if (left.signal.aborted) return;
    step({ type: 'lost' });
    clearTimeout(timer);
    timer = setTimeout(open, retryMs);
  };
  const open = () => {
    let known = new Set<string>();
    // Changes that come between `hello` and the state wait, so that none is lost and none is overwritten.
    let waiting: Change[] | undefined;
    const load = async () => {
      waiting = [];
      const state = await stateOf(me, left.signal);
      const loaded = waiting.reduce(applyChange, state);
      waiting = undefined;
      known = new Set(loaded.channels.map(({ id }) => id));
      step({ type: 'loaded', state: loaded });
    };
    source = new EventSource(`/control/stream?user=${encodeURIComponent(me)}`);
    source.onerror = retry;
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const change = JSON.parse(data) as Change;
      if (change.type === 'hello') load().catch(retry);
      else if (waiting) waiting.push(change);
      // A channel one was let into may have a history, which only the state tells.
      else if (change.type === 'channel' && !known.has(change.channel.id)) load().catch(retry);
      else {
        if (change.type === 'channel-gone') known.delete(change.channel);
        step({ type: 'changed', change });
      }
    };
  };

  open();
  return () => {
    left.abort();
    clearTimeout(timer);
    source.close();
  };
}

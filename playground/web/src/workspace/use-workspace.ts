import { useEffect, useReducer } from 'react';
import type { Change, State } from '../../../slack/control-types.ts';
import { applyChange } from './apply-change.ts';
import { followStream } from './follow-stream.ts';
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

/** Keeps up with what happens, from the state on. Returns what ends that. */
function follow(me: string, step: (step: Step) => void): () => void {
  const left = new AbortController();
  const stop = followStream<Change>(`/control/stream?user=${encodeURIComponent(me)}`, {
    onLost: () => step({ type: 'lost' }),
    onOpen(retry) {
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
      return (change) => {
        if (change.type === 'hello') load().catch(retry);
        else if (waiting) waiting.push(change);
        // A channel one was let into may have a history, which only the state tells.
        else if (change.type === 'channel' && !known.has(change.channel.id)) load().catch(retry);
        else {
          if (change.type === 'channel-gone') known.delete(change.channel);
          step({ type: 'changed', change });
        }
      };
    },
  });
  return () => {
    stop();
    left.abort();
  };
}

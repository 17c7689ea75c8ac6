import { useEffect, useReducer } from 'react';
import type { Inspection } from '../../../slack/control-types.ts';
import { followStream } from '../workspace/follow-stream.ts';
import { applyInspections, emptyLog, type InspectionLog } from './inspection-log.ts';

export interface Inspecting {
  log: InspectionLog;
  /** `lost`: what is shown may be old; it tries to get back by itself. */
  connection: 'loading' | 'live' | 'lost';
  /** Forgets the traffic so far, here and not on the server. */
  clear: () => void;
}

type Step = { type: 'news'; news: Inspection[] } | { type: 'lost' } | { type: 'clear' };

/** Thousands of calls a second are drawn a few times a second. */
const drawEveryMs = 200;

/** What goes between the apps and the playground, from now on and the last thousand from before. */
export function useInspection(): Inspecting {
  const [{ log, connection }, step] = useReducer(reduce, { log: emptyLog, connection: 'loading' });
  useEffect(() => follow(step), []);
  return { log, connection, clear: () => step({ type: 'clear' }) };
}

type Known = Pick<Inspecting, 'log' | 'connection'>;

function reduce(known: Known, step: Step): Known {
  if (step.type === 'lost') return { ...known, connection: 'lost' };
  if (step.type === 'clear') return { ...known, log: { ...known.log, entries: [] } };
  return { log: applyInspections(known.log, step.news), connection: 'live' };
}

/** Keeps up with what goes by. Returns what ends that. */
function follow(step: (step: Step) => void): () => void {
  let waiting: Inspection[] = [];
  let drawing: ReturnType<typeof setTimeout> | undefined;

  const draw = () => {
    drawing = undefined;
    step({ type: 'news', news: waiting });
    waiting = [];
  };
  const stop = followStream<Inspection>('/control/inspect', {
    onLost: () => step({ type: 'lost' }),
    onOpen: () => (inspection) => {
      waiting.push(inspection);
      drawing ??= setTimeout(draw, drawEveryMs);
    },
  });
  return () => {
    stop();
    clearTimeout(drawing);
  };
}

import { useEffect, useReducer } from 'react';
import type { Inspection } from '../../../slack/control-types.ts';
import { applyInspections, emptyLog, type InspectionLog } from './inspection-log.ts';

export interface Inspecting {
  log: InspectionLog;
  /** `lost`: what is shown may be old; it tries to get back by itself. */
  connection: 'loading' | 'live' | 'lost';
  /** Forgets the traffic so far, here and not on the server. */
  clear: () => void;
}

type Step = { type: 'news'; news: Inspection[] } | { type: 'lost' } | { type: 'clear' };

const retryMs = 1_000;
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

/** Opens the stream, and opens it again whenever it breaks. Returns what ends that. */
function follow(step: (step: Step) => void): () => void {
  let source: EventSource;
  let waiting: Inspection[] = [];
  let drawing: ReturnType<typeof setTimeout> | undefined;
  let retrying: ReturnType<typeof setTimeout> | undefined;

  const draw = () => {
    drawing = undefined;
    step({ type: 'news', news: waiting });
    waiting = [];
  };
  const open = () => {
    source = new EventSource('/control/inspect');
    source.onmessage = ({ data }: MessageEvent<string>) => {
      waiting.push(JSON.parse(data) as Inspection);
      drawing ??= setTimeout(draw, drawEveryMs);
    };
    source.onerror = () => {
      source.close();
      step({ type: 'lost' });
      retrying = setTimeout(open, retryMs);
    };
  };

  open();
  return () => {
    source.close();
    clearTimeout(drawing);
    clearTimeout(retrying);
  };
}

import { useState } from 'react';
import type { ControlAnswer } from '../../../slack/control-types.ts';

/** Runs what a button does: `busy` while the playground has not answered, `problem` with its sentence when it refused the last one. */
export function useAction() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const run = async <T>(call: Promise<ControlAnswer<T>>): Promise<ControlAnswer<T>> => {
    setBusy(true);
    const answer = await call;
    setBusy(false);
    setProblem(answer.ok ? undefined : answer.message);
    return answer;
  };
  return { run, busy, problem };
}

import { createContext, useContext, useState } from 'react';
import type { ControlAnswer } from '../../../slack/control-types.ts';

/** What a control does: which action, what was picked. */
export interface Act {
  action_id: string;
  block_id?: string;
  value?: string | string[];
}

export type Perform = (act: Act) => Promise<ControlAnswer>;

/** How the controls inside a message or view tell the app. */
export const InteractionContext = createContext<Perform | undefined>(undefined);

/** `act` tells the app; `busy` while it has not taken it, `problem` when it did not. */
export function useInteraction(element: unknown, block_id: string | undefined) {
  const perform = useContext(InteractionContext);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const action_id = (element as { action_id?: unknown } | undefined)?.action_id;

  const act = async (value?: string | string[]) => {
    if (!perform || busy) return;
    setBusy(true);
    const answer = await perform({
      action_id: String(action_id ?? ''),
      ...(block_id !== undefined && { block_id }),
      ...(value !== undefined && { value }),
    });
    setBusy(false);
    setProblem(answer.ok ? undefined : answer.message);
  };
  return { act, busy, problem };
}

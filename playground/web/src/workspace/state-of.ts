import type { State } from '../../../slack/control-types.ts';

/** All that one person sees now. Throws when the playground does not answer or knows no such person. */
export async function stateOf(user: string, signal: AbortSignal): Promise<State> {
  const answer = await fetch(`/control/state?user=${encodeURIComponent(user)}`, { signal });
  if (!answer.ok) throw new Error(`The playground answered ${answer.status}.`);
  return (await answer.json()) as State;
}

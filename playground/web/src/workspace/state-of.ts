import type { State } from '../../../slack/control-types.ts';

/** All that one person sees now; without `user` the first person who may look. Throws when the playground does not answer or knows no such person. */
export async function stateOf(user: string | undefined, signal: AbortSignal): Promise<State> {
  const query = user === undefined ? '' : `?user=${encodeURIComponent(user)}`;
  const answer = await fetch(`/control/state${query}`, { signal });
  if (!answer.ok) throw new Error(`The playground answered ${answer.status}.`);
  return (await answer.json()) as State;
}

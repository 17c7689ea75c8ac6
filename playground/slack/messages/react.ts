import type { Message, Reaction } from '../control-types.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';

/** How many different emoji a message takes from all, and from one person. */
const MAX_EMOJI = 50;
const MAX_OF_ONE = 23;

/**
 * Adds somebody's reaction to a message, or takes it away.
 *
 * @throws Refusal `invalid_name`, `is_archived`, `already_reacted`, `no_reaction`, `too_many_emoji`, `too_many_reactions`.
 */
export function react(
  { workspace, announcer, limits }: Parts,
  user: string,
  { channel, ts, reactions = [] }: Message,
  name: string,
  away: boolean,
): void {
  if (!/^[\w+'-]{1,100}(::skin-tone-[2-6])?$/.test(name)) throw new Refusal('invalid_name');
  if (workspace.channel(channel).archived) throw new Refusal('is_archived');
  const own = reactions.filter(({ users }) => users.includes(user));
  const has = own.some((one) => one.name === name);
  if (has !== away) throw new Refusal(away ? 'no_reaction' : 'already_reacted');
  const isNew = !reactions.some((one) => one.name === name);
  if (limits.sizes && !away) {
    if (isNew && reactions.length >= MAX_EMOJI) throw new Refusal('too_many_emoji');
    if (own.length >= MAX_OF_ONE) throw new Refusal('too_many_reactions');
  }
  const next = away ? without(reactions, user, name) : withOne(reactions, user, name);
  const changed = workspace.change(channel, ts, {
    reactions: next.length > 0 ? next : undefined,
  });
  announcer.reacted(away ? 'reaction_removed' : 'reaction_added', user, name, changed);
}

function withOne(reactions: Reaction[], user: string, name: string): Reaction[] {
  const old = reactions.find((one) => one.name === name);
  const users = [...(old?.users ?? []), user];
  const next = { name, users, count: users.length };
  return old ? reactions.map((one) => (one === old ? next : one)) : [...reactions, next];
}

const without = (reactions: Reaction[], user: string, name: string): Reaction[] =>
  reactions
    .map((one) => {
      if (one.name !== name) return one;
      const users = one.users.filter((id) => id !== user);
      return { name, users, count: users.length };
    })
    .filter((one) => one.count > 0);

import type { Args } from '../args.ts';
import type { Message, Reaction } from '../control-types.ts';
import { toApiMessage } from '../message-object.ts';
import type { Method, Methods, Parts } from '../parts.ts';
import { app } from '../people.ts';
import { Refusal } from '../refusal.ts';

const add: Method = (parts, args) => {
  react(parts, app.user, target(parts, args), emoji(args), false);
  return {};
};

const remove: Method = (parts, args) => {
  react(parts, app.user, target(parts, args), emoji(args), true);
  return {};
};

const get: Method = (parts, args) => {
  const message = target(parts, args);
  return { type: 'message', channel: message.channel, message: toApiMessage(message) };
};

export const reactionMethods: Methods = {
  'reactions.add': add,
  'reactions.remove': remove,
  'reactions.get': get,
};

/** Adds somebody's reaction to a message, or takes it away. @throws Refusal `already_reacted`, `no_reaction`. */
export function react(
  { workspace, announcer }: Parts,
  user: string,
  { channel, ts, reactions = [] }: Message,
  name: string,
  away: boolean,
): void {
  const has = reactions.some((one) => one.name === name && one.users.includes(user));
  if (has !== away) throw new Refusal(away ? 'no_reaction' : 'already_reacted');
  const next = away ? without(reactions, user, name) : withOne(reactions, user, name);
  const changed = workspace.change(channel, ts, {
    reactions: next.length > 0 ? next : undefined,
  });
  announcer.reacted(away ? 'reaction_removed' : 'reaction_added', user, name, changed);
}

function target({ workspace }: Parts, args: Args): Message {
  const channel = workspace.channelOfApp(args.text('channel'));
  return workspace.message(channel.id, args.text('timestamp'));
}

function emoji(args: Args): string {
  const name = args.required('name');
  if (!/^[\w+'-]+(::skin-tone-[2-6])?$/.test(name)) throw new Refusal('invalid_name');
  return name;
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

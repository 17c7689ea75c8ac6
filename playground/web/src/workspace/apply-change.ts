import type { Change, Message, State } from '../../../slack/control-types.ts';

/** The state after one change. What did not change keeps its identity, so React redraws one message per edit. */
export function applyChange(state: State, change: Change): State {
  switch (change.type) {
    case 'message':
      return withMessages(state, change.message.channel, (messages) =>
        placed(messages, change.message),
      );
    case 'message-deleted':
      return withMessages(state, change.channel, (messages) =>
        messages.filter(({ ts }) => ts !== change.ts),
      );
    case 'status': {
      const statuses = without(state.statuses, change.status, ['app_id', 'channel', 'thread_ts']);
      return { ...state, statuses: change.status.status ? [...statuses, change.status] : statuses };
    }
    case 'prompts': {
      const { prompts } = change;
      const others = without(state.prompts, prompts, ['app_id', 'channel', 'thread_ts']);
      return { ...state, prompts: prompts.prompts.length > 0 ? [...others, prompts] : others };
    }
    case 'view':
      return withView(state, change.view);
    case 'view-closed': {
      const isOther = ({ id }: { id: string }) => id !== change.view_id;
      return { ...state, views: state.views.filter(isOther), homes: state.homes.filter(isOther) };
    }
    case 'channel':
      return { ...state, channels: replaced(state.channels, change.channel, ['id']) };
    case 'channel-gone':
      return withoutChannel(state, change.channel);
    case 'app':
      return { ...state, apps: replaced(state.apps, change.app, ['id']) };
    case 'person':
      return { ...state, people: replaced(state.people, change.person, ['id']) };
    case 'usergroup': {
      const usergroups = replaced(state.usergroups ?? [], change.usergroup, ['id']);
      return { ...state, usergroups };
    }
    case 'limits':
      return { ...state, limits: change.limits };
    default:
      return state;
  }
}

function withMessages(
  state: State,
  channel: string,
  edit: (messages: Message[]) => Message[],
): State {
  return {
    ...state,
    messages: { ...state.messages, [channel]: edit(state.messages[channel] ?? []) },
  };
}

/** The list with the message where its `ts` belongs: most are new or near the end, so the search begins there. */
function placed(messages: Message[], message: Message): Message[] {
  let index = messages.length;
  while (index > 0 && (messages[index - 1]?.ts ?? '') > message.ts) index--;
  const known = messages[index - 1]?.ts === message.ts;
  return known ? messages.with(index - 1, message) : messages.toSpliced(index, 0, message);
}

function withView(state: State, view: State['views'][number]): State {
  if (view.user !== state.me) return state;
  if (view.type === 'home') return { ...state, homes: replaced(state.homes, view, ['app_id']) };
  return { ...state, views: replaced(state.views, view, ['id']) };
}

function withoutChannel(state: State, channel: string): State {
  const { [channel]: _, ...messages } = state.messages;
  const isElsewhere = (one: { channel: string }) => one.channel !== channel;
  return {
    ...state,
    messages,
    channels: state.channels.filter(({ id }) => id !== channel),
    statuses: state.statuses.filter(isElsewhere),
    prompts: state.prompts.filter(isElsewhere),
  };
}

/** The list with `item` in the place of the one with the same `keys`, or at the end. */
function replaced<T>(list: T[], item: T, keys: (keyof T)[]): T[] {
  const index = list.findIndex((other) => isSame(other, item, keys));
  return index < 0 ? [...list, item] : list.with(index, item);
}

const without = <T>(list: T[], item: T, keys: (keyof T)[]): T[] =>
  list.filter((other) => !isSame(other, item, keys));

const isSame = <T>(a: T, b: T, keys: (keyof T)[]) => keys.every((key) => a[key] === b[key]);

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
      const { channel, thread_ts, status } = change.status;
      const others = state.statuses.filter(
        (other) => other.channel !== channel || other.thread_ts !== thread_ts,
      );
      return { ...state, statuses: status ? [...others, change.status] : others };
    }
    case 'view':
      return withView(state, change.view);
    case 'view-closed':
      return { ...state, views: state.views.filter(({ id }) => id !== change.view_id) };
    case 'channel': {
      const others = state.channels.filter(({ id }) => id !== change.channel.id);
      const known = others.length < state.channels.length;
      const channels = known
        ? state.channels.map((channel) =>
            channel.id === change.channel.id ? change.channel : channel,
          )
        : [...state.channels, change.channel];
      return { ...state, channels };
    }
    case 'app-online':
      return { ...state, app: { ...state.app, online: change.online } };
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
  if (view.type === 'home') return { ...state, home: view };
  const known = state.views.some(({ id }) => id === view.id);
  const views = known
    ? state.views.map((other) => (other.id === view.id ? view : other))
    : [...state.views, view];
  return { ...state, views };
}

import type { Args } from '../args.ts';
import type { Message } from '../control-types.ts';
import { toApiMessage } from '../messages/message-object.ts';
import { page } from '../paging.ts';
import type { Method, Methods } from '../parts.ts';
import { Refusal } from '../refusal.ts';

const MAX_LIMIT = 999;

const replies: Method = ({ workspace }, args, app) => {
  const channel = workspace.channelOfApp(app, args.text('channel'));
  const named = workspace.find(channel.id, args.text('ts') ?? '');
  if (!named || named.ephemeral_to) throw new Refusal('thread_not_found');
  const [root, ...rest] = workspace.thread(channel.id, named.thread_ts ?? named.ts);
  const { items, ...paging } = page(between(rest, args), args, MAX_LIMIT, MAX_LIMIT);
  // The root stands first on every page.
  const shown = root ? [root, ...items] : items;
  return { messages: shown.map(toShown(args)), ...paging };
};

const history: Method = ({ workspace }, args, app) => {
  const channel = workspace.channelOfApp(app, args.text('channel'));
  const shown = workspace.messages(channel.id).filter(isInChannel);
  const { items, ...paging } = page(between(shown, args).reverse(), args, 100, MAX_LIMIT);
  const actions = { channel_actions_ts: null, channel_actions_count: 0 };
  return { messages: items.map(toShown(args)), pin_count: 0, ...actions, ...paging };
};

export const historyMethods: Methods = {
  'conversations.replies': replies,
  'conversations.history': history,
};

/** Not ephemeral, and no reply unless it is shown in the channel, too. */
const isInChannel = ({ ephemeral_to, thread_ts, ts, subtype }: Message) =>
  !ephemeral_to && (!thread_ts || thread_ts === ts || subtype === 'thread_broadcast');

/** Messages within `oldest` and `latest`, whose edges count only when `inclusive`. @throws Refusal `invalid_ts_oldest`, `invalid_ts_latest`. */
function between(messages: Message[], args: Args): Message[] {
  const oldest = edge(args, 'oldest', 0);
  const latest = edge(args, 'latest', Number.POSITIVE_INFINITY);
  const inclusive = args.flag('inclusive');
  return messages.filter((one) => {
    const ts = Number(one.ts);
    return inclusive ? ts >= oldest && ts <= latest : ts > oldest && ts < latest;
  });
}

function edge(args: Args, name: 'oldest' | 'latest', fallback: number): number {
  const text = args.text(name);
  if (!text || text === 'now') return fallback;
  const ts = Number(text);
  if (!Number.isFinite(ts)) throw new Refusal(`invalid_ts_${name}`);
  return ts;
}

const toShown = (args: Args) => (message: Message) =>
  toApiMessage(message, { metadata: args.flag('include_all_metadata') });

import { EventEmitter } from 'node:events';
import type { Change, Channel, Message, Person, ThreadStatus } from './control-types.ts';
import { app, channels, people, team } from './people.ts';
import { Refusal } from './refusal.ts';

const MAX_MESSAGES_PER_CHANNEL = 5_000;
const MAX_STATUSES_KEPT = 50;
const STATUS_EXPIRES_MS = 120_000;

/** A message before it has its place in the channel. */
export type Draft = Omit<Message, 'type' | 'ts' | 'team'> & { team?: string };

/**
 * The state that everybody shares: people, channels, messages, statuses. Stored objects are never changed in place, so that
 * whoever holds one holds what was true then.
 */
export class Workspace {
  readonly people: Map<string, Person>;
  readonly channels: Map<string, Channel>;
  readonly #messages = new Map<string, Map<string, Message>>();
  readonly #statuses = new Map<string, ThreadStatus>();
  readonly #statusTimers = new Map<string, NodeJS.Timeout>();
  readonly #lastTs = new Map<string, number>();
  readonly #changes = new EventEmitter();

  constructor(appName: string) {
    const staff = people(appName);
    this.people = new Map(staff.map((one) => [one.id, one]));
    this.channels = new Map(channels(staff).map((one) => [one.id, one]));
    this.#changes.setMaxListeners(0);
  }

  /** Calls `listener` after every change. Returns how to stop that. */
  onChange(listener: (change: Change) => void): () => void {
    this.#changes.on('change', listener);
    return () => this.#changes.off('change', listener);
  }

  tell(change: Change): void {
    this.#changes.emit('change', change);
  }

  /** By id. @throws Refusal `user_not_found`. */
  person(id: string | undefined): Person {
    const found = id && this.people.get(id);
    if (!found) throw new Refusal('user_not_found');
    return found;
  }

  /** By id. @throws Refusal `channel_not_found`. */
  channel(id: string | undefined): Channel {
    const found = id && this.channels.get(id);
    if (!found) throw new Refusal('channel_not_found');
    return found;
  }

  /** A channel as the app sees it. @throws Refusal `channel_not_found`, `is_archived`, `not_in_channel`. */
  channelOfApp(id: string | undefined): Channel {
    const channel = this.channel(id);
    const inside = channel.members.includes(app.user);
    if (!inside && channel.kind !== 'public') throw new Refusal('channel_not_found');
    if (!inside) throw new Refusal('not_in_channel');
    return channel;
  }

  /** The DM between a person and the app. @throws Refusal `user_not_found`, `cannot_dm_bot`. */
  directChannel(user: string | undefined): Channel {
    const { id } = this.person(user);
    for (const channel of this.channels.values())
      if (channel.kind === 'direct' && channel.members.includes(id) && id !== app.user)
        return channel;
    throw new Refusal('cannot_dm_bot');
  }

  setMembers(channelId: string, members: string[]): Channel {
    const channel = { ...this.channel(channelId), members };
    this.channels.set(channelId, channel);
    this.tell({ type: 'channel', channel });
    return channel;
  }

  /** A new `ts`: now, and later than every other of this channel. */
  nextTs(channel: string): string {
    const micros = Math.max(Date.now() * 1000, (this.#lastTs.get(channel) ?? 0) + 1);
    this.#lastTs.set(channel, micros);
    return `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`;
  }

  /** Puts a message into its channel and thread. @throws Refusal `thread_not_found`, `cannot_reply_to_message`. */
  post(draft: Draft): Message {
    const { channel, thread_ts } = draft;
    if (thread_ts) this.#mayReplyTo(channel, thread_ts);
    const message: Message = {
      type: 'message',
      team: team.id,
      ...draft,
      ts: this.nextTs(channel),
    };
    this.#store(message);
    if (thread_ts && !message.ephemeral_to) {
      this.#countReplies(channel, thread_ts);
      if (message.user === app.user) this.setStatus(channel, thread_ts, '', []);
    }
    return message;
  }

  /** Replaces fields of a message; `undefined` takes one away. @throws Refusal `message_not_found`. */
  change(channel: string, ts: string, patch: { [K in keyof Message]?: Message[K] | undefined }) {
    const merged = Object.entries({ ...this.message(channel, ts), ...patch });
    const kept = Object.fromEntries(merged.filter(([, value]) => value !== undefined));
    return this.#store(kept as unknown as Message);
  }

  /**
   * Deletes a message. A thread's root leaves a tombstone as long as it has replies.
   *
   * @throws Refusal `message_not_found`.
   */
  remove(channel: string, ts: string): { previous: Message; tombstone?: Message } {
    const previous = this.message(channel, ts);
    if (previous.reply_count) {
      const tombstone = this.change(channel, ts, {
        subtype: 'tombstone',
        text: 'This message was deleted.',
        user: 'USLACKBOT',
        blocks: undefined,
        files: undefined,
        metadata: undefined,
        attachments: undefined,
        bot_id: undefined,
      });
      return { previous, tombstone };
    }
    this.#messages.get(channel)?.delete(ts);
    this.tell({ type: 'message-deleted', channel, ts });
    if (previous.thread_ts && previous.thread_ts !== ts)
      this.#countReplies(channel, previous.thread_ts);
    return { previous };
  }

  /** @throws Refusal `message_not_found`. */
  message(channel: string, ts: string | undefined): Message {
    const found = ts && this.#messages.get(channel)?.get(ts);
    if (!found) throw new Refusal('message_not_found');
    return found;
  }

  /** A channel's messages, threads and ephemeral ones included, oldest first. */
  messages(channel: string): Message[] {
    return [...(this.#messages.get(channel)?.values() ?? [])];
  }

  /** A thread: its root, then its replies, without ephemeral ones. Empty when there is no such root. */
  thread(channel: string, rootTs: string): Message[] {
    return this.messages(channel).filter(
      (one) => !one.ephemeral_to && (one.ts === rootTs || one.thread_ts === rootTs),
    );
  }

  /** Shows a status below a thread; Slack takes it away with the app's next reply, with '' or after two minutes. */
  setStatus(channel: string, thread_ts: string, status: string, loading_messages: string[]): void {
    const key = `${channel}:${thread_ts}`;
    const known = this.#statuses.get(key);
    if (!known && !status) return;
    clearTimeout(this.#statusTimers.get(key));
    const next = { channel, thread_ts, status, loading_messages };
    if (status) {
      this.#statuses.set(key, next);
      const timer = setTimeout(
        () => this.setStatus(channel, thread_ts, '', []),
        STATUS_EXPIRES_MS,
      ).unref();
      this.#statusTimers.set(key, timer);
      this.#rememberStatus(channel, thread_ts, status);
    } else {
      this.#statuses.delete(key);
      this.#statusTimers.delete(key);
    }
    this.tell({ type: 'status', status: next });
  }

  statuses(): ThreadStatus[] {
    return [...this.#statuses.values()];
  }

  #mayReplyTo(channel: string, rootTs: string): void {
    const root = this.#messages.get(channel)?.get(rootTs);
    if (!root) throw new Refusal('thread_not_found');
    const isReply = root.thread_ts !== undefined && root.thread_ts !== root.ts;
    if (isReply || root.ephemeral_to || root.subtype === 'tombstone')
      throw new Refusal('cannot_reply_to_message');
  }

  #rememberStatus(channel: string, ts: string, status: string): void {
    const root = this.#messages.get(channel)?.get(ts);
    if (!root) return;
    const statuses = [...(root.statuses ?? []), status].slice(-MAX_STATUSES_KEPT);
    this.#messages.get(channel)?.set(ts, { ...root, statuses });
  }

  #countReplies(channel: string, rootTs: string): void {
    const [root, ...replies] = this.thread(channel, rootTs);
    if (!root || root.ts !== rootTs) return;
    const latest_reply = replies.at(-1)?.ts;
    this.change(channel, rootTs, {
      thread_ts: latest_reply && rootTs,
      reply_count: latest_reply ? replies.length : undefined,
      reply_users: latest_reply ? [...new Set(replies.map((one) => one.user))] : undefined,
      latest_reply,
    });
  }

  #store(message: Message): Message {
    const log = this.#messages.get(message.channel) ?? new Map<string, Message>();
    this.#messages.set(message.channel, log.set(message.ts, message));
    const [oldest] = log.keys();
    if (log.size > MAX_MESSAGES_PER_CHANNEL && oldest) log.delete(oldest);
    this.tell({ type: 'message', message });
    return message;
  }
}

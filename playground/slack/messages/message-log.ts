import type { Message } from '../control-types.ts';

/** What an addition or removal made different: what is gone, and the roots whose counts changed. */
export interface Effects {
  dropped: Message[];
  changed: Message[];
}

interface Thread {
  /** The `ts` of its replies, oldest first. */
  replies: Set<string>;
  /** How many of them each person wrote, in the order of their first. */
  authors: Map<string, number>;
}

/**
 * The messages of one channel, oldest first, at most `limit`. Every thread is known by its root, so that its counts are kept
 * without reading it. When there are too many, the thread that has been quiet for the longest time loses its replies, oldest
 * first, and then its root: counts always tell what is there.
 */
export class MessageLog {
  readonly #limit: number;
  readonly #messages = new Map<string, Message>();
  /** By the root's `ts`, the quietest first. A message without replies is a thread of its own. */
  readonly #threads = new Map<string, Thread>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(ts: string): Message | undefined {
    return this.#messages.get(ts);
  }

  list(): Message[] {
    return [...this.#messages.values()];
  }

  /** A root and its replies. Empty when there is no such root. */
  thread(rootTs: string): Message[] {
    const thread = this.#threads.get(rootTs);
    if (!thread) return [];
    return [rootTs, ...thread.replies].flatMap((ts) => this.#messages.get(ts) ?? []);
  }

  /** Adds a message, later than all others. */
  add(message: Message): Effects {
    const { ts, thread_ts, ephemeral_to } = message;
    const effects: Effects = { dropped: [], changed: [] };
    const root = thread_ts && !ephemeral_to ? this.#messages.get(thread_ts) : undefined;
    this.#messages.set(ts, message);
    if (root) this.#reply(root, message, effects);
    else this.#threads.set(ts, { replies: new Set(), authors: new Map() });
    this.#trim(effects);
    return effects;
  }

  /** Puts a changed message in the place of the one with its `ts`. */
  replace(message: Message): void {
    this.#messages.set(message.ts, message);
  }

  /** Takes a message away. A deleted root that was left for its replies goes with the last of them. */
  remove(ts: string): Effects {
    const effects: Effects = { dropped: [], changed: [] };
    this.#drop(ts, effects);
    return effects;
  }

  #reply(root: Message, { ts, user }: Message, effects: Effects): void {
    const thread = this.#threads.get(root.ts);
    if (!thread) return;
    thread.replies.add(ts);
    thread.authors.set(user, (thread.authors.get(user) ?? 0) + 1);
    this.#threads.delete(root.ts);
    this.#threads.set(root.ts, thread);
    this.#count(root, thread, ts, effects);
  }

  #trim(effects: Effects): void {
    for (const [rootTs, { replies }] of this.#threads) {
      if (this.#messages.size <= this.#limit) return;
      const [oldest = rootTs] = replies;
      this.#drop(oldest, effects);
    }
  }

  #drop(ts: string, effects: Effects): void {
    const message = this.#messages.get(ts);
    if (!message) return;
    this.#messages.delete(ts);
    this.#threads.delete(ts);
    effects.dropped.push(message);
    const root = message.thread_ts ? this.#messages.get(message.thread_ts) : undefined;
    const thread = root && this.#threads.get(root.ts);
    if (!root || !thread?.replies.delete(ts)) return;
    const left = (thread.authors.get(message.user) ?? 1) - 1;
    if (left > 0) thread.authors.set(message.user, left);
    else thread.authors.delete(message.user);
    const last = ts === root.latest_reply ? [...thread.replies].at(-1) : root.latest_reply;
    this.#count(root, thread, last, effects);
  }

  #count(
    root: Message,
    { replies, authors }: Thread,
    latest: string | undefined,
    effects: Effects,
  ): void {
    const {
      thread_ts: _ts,
      reply_count: _count,
      reply_users: _users,
      latest_reply: _,
      ...bare
    } = root;
    if (!latest && root.subtype === 'tombstone') {
      this.#drop(root.ts, effects);
      return;
    }
    const counted: Message = latest
      ? {
          ...bare,
          thread_ts: root.ts,
          reply_count: replies.size,
          reply_users: [...authors.keys()],
          latest_reply: latest,
        }
      : bare;
    this.#messages.set(root.ts, counted);
    effects.changed.push(counted);
  }
}

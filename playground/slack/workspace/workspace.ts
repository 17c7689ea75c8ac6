import { EventEmitter } from 'node:events';
import type { Change, Channel, Message, Person, Usergroup } from '../control-types.ts';
import { freshId } from '../identifiers.ts';
import { AgentSessions } from '../messages/agent-sessions.ts';
import { type Effects, MessageLog } from '../messages/message-log.ts';
import { Refusal } from '../refusal.ts';
import type { InstalledApp } from './installed-app.ts';
import {
  botUser,
  channel,
  channels,
  channelsOfApps,
  people,
  slackbot,
  team,
  usergroups,
} from './people.ts';

const MAX_MESSAGES_PER_CHANNEL = 5_000;
const MAX_STATUSES_KEPT = 50;

/** A message before it has its place in the channel. */
export type Draft = Omit<Message, 'type' | 'ts' | 'team'> & { team?: string };

/**
 * The state that everybody shares: people, groups of them, channels, messages. Stored objects are never changed in place, so that
 * whoever holds one holds what was true then.
 */
export class Workspace {
  readonly people: Map<string, Person>;
  readonly channels: Map<string, Channel>;
  readonly usergroups: Map<string, Usergroup>;
  readonly sessions: AgentSessions;
  readonly #logs = new Map<string, MessageLog>();
  readonly #lastTs = new Map<string, number>();
  readonly #changes = new EventEmitter();

  constructor() {
    this.people = new Map(people().map((one) => [one.id, one]));
    this.channels = new Map(channels().map((one) => [one.id, one]));
    this.usergroups = new Map(usergroups().map((one) => [one.id, one]));
    this.#changes.setMaxListeners(0);
    this.sessions = new AgentSessions((status) => {
      if (status.status) this.#rememberStatus(status.channel, status.thread_ts, status.status);
      this.tell({ type: 'status', status });
    });
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

  /** A channel as the app sees it. @throws Refusal `channel_not_found`, `not_in_channel`. */
  channelOfApp(app: InstalledApp, id: string | undefined): Channel {
    const channel = this.channel(id);
    const inside = channel.members.includes(app.user);
    if (!inside && channel.kind !== 'public') throw new Refusal('channel_not_found');
    if (!inside) throw new Refusal('not_in_channel');
    return channel;
  }

  /** The DM of these people and apps, if there is one. */
  findDirect(members: string[]): Channel | undefined {
    for (const known of this.channels.values())
      if (isDirect(known) && members.length === known.members.length)
        if (members.every((one) => known.members.includes(one))) return known;
    return undefined;
  }

  /** The DM of these people and apps, opened when there was none. @throws Refusal `user_not_found`. */
  directChannel(...users: string[]): Channel {
    const members = [...new Set(users.map((user) => this.person(user).id))];
    const known = this.findDirect(members);
    if (known) return known;
    const kind = members.length > 2 ? 'group' : 'direct';
    const external = members.some((one) => this.person(one).is_stranger);
    return this.putChannel(channel(this.#directId(members), '', members, { kind, external }));
  }

  /** Brings an app's bot user: into the channels of apps, and a DM with everybody. */
  welcomeApp(user: string, name: string): void {
    this.putPerson(botUser(user, name));
    for (const id of channelsOfApps) this.setMembers(id, [...this.channel(id).members, user]);
    for (const { id, is_bot, deleted } of this.people.values())
      if (!is_bot && !deleted) this.directChannel(id, user);
  }

  /** Adds a channel, or puts it in the place of the one with its id. */
  putChannel(channel: Channel): Channel {
    this.channels.set(channel.id, channel);
    this.tell({ type: 'channel', channel });
    return channel;
  }

  /** Takes a channel away with all that was said in it. */
  removeChannel(id: string): void {
    const dropped = this.messages(id);
    this.channels.delete(id);
    this.#logs.delete(id);
    this.#lastTs.delete(id);
    this.tell({ type: 'channel-gone', channel: id });
    // Whoever still has to do with one of them, like an open stream, ends that.
    this.#tellEffects({ dropped, changed: [] });
  }

  setMembers(channelId: string, members: string[]): Channel {
    return this.putChannel({ ...this.channel(channelId), members });
  }

  /** Adds a person, or puts them in the place of the one with their id. */
  putPerson(person: Person): Person {
    this.people.set(person.id, person);
    this.tell({ type: 'person', person });
    return person;
  }

  putUsergroup(usergroup: Usergroup): Usergroup {
    this.usergroups.set(usergroup.id, usergroup);
    this.tell({ type: 'usergroup', usergroup });
    return usergroup;
  }

  /** A new `ts`: now, and later than every other of this channel. */
  nextTs(channel: string): string {
    const micros = Math.max(Date.now() * 1000, (this.#lastTs.get(channel) ?? 0) + 1);
    this.#lastTs.set(channel, micros);
    return `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`;
  }

  /** Puts a message into its channel and thread. @throws Refusal `thread_not_found`, `cannot_reply_to_message`. */
  post(draft: Draft): Message {
    const { channel, thread_ts, app_id } = draft;
    const root = thread_ts ? this.#rootOf(channel, thread_ts) : undefined;
    const message: Message = {
      type: 'message',
      team: team.id,
      ...draft,
      ...(root && { parent_user_id: root.user }),
      ts: this.nextTs(channel),
    };
    const effects = this.#log(channel).add(message);
    this.tell({ type: 'message', message });
    this.#tellEffects(effects);
    if (app_id && thread_ts && !message.ephemeral_to)
      this.sessions.replied({ app_id, channel, thread_ts });
    return message;
  }

  /** Replaces fields of a message; `undefined` takes one away. @throws Refusal `message_not_found`. */
  change(channel: string, ts: string, patch: { [K in keyof Message]?: Message[K] | undefined }) {
    const merged = Object.entries({ ...this.message(channel, ts), ...patch });
    const kept = Object.fromEntries(merged.filter(([, value]) => value !== undefined));
    const message = kept as unknown as Message;
    this.#log(channel).replace(message);
    this.tell({ type: 'message', message });
    return message;
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
        user: slackbot,
        blocks: undefined,
        files: undefined,
        metadata: undefined,
        attachments: undefined,
        reactions: undefined,
        edited: undefined,
        bot_id: undefined,
        app_id: undefined,
        bot_profile: undefined,
      });
      return { previous, tombstone };
    }
    this.#tellEffects(this.#log(channel).remove(ts));
    return { previous };
  }

  /** @throws Refusal `message_not_found`. */
  message(channel: string, ts: string | undefined): Message {
    const found = ts && this.find(channel, ts);
    if (!found) throw new Refusal('message_not_found');
    return found;
  }

  find(channel: string, ts: string): Message | undefined {
    return this.#logs.get(channel)?.get(ts);
  }

  /** A channel's messages, threads and ephemeral ones included, oldest first. */
  messages(channel: string): Message[] {
    return this.#logs.get(channel)?.list() ?? [];
  }

  /** A thread: its root, then its replies, without ephemeral ones. Empty when there is no such root. */
  thread(channel: string, rootTs: string): Message[] {
    return this.#logs.get(channel)?.thread(rootTs) ?? [];
  }

  /** Readable in tests and the same in every run: `D0DANA` is her DM with the first app. */
  #directId(members: string[]): string {
    const [first = ''] = members;
    const short = `D${first.slice(1)}`;
    if (members.length === 2 && !this.channels.has(short)) return short;
    const all = `${members.length > 2 ? 'G' : 'D'}${members.map((one) => one.slice(1)).join('')}`;
    return this.channels.has(all) ? freshId(all.charAt(0)) : all;
  }

  #rootOf(channel: string, ts: string): Message {
    const root = this.find(channel, ts);
    if (!root) throw new Refusal('thread_not_found');
    const isReply = root.thread_ts !== undefined && root.thread_ts !== root.ts;
    if (isReply || root.ephemeral_to || root.subtype === 'tombstone')
      throw new Refusal('cannot_reply_to_message');
    return root;
  }

  #rememberStatus(channel: string, ts: string, status: string): void {
    const root = this.find(channel, ts);
    if (!root) return;
    const statuses = [...(root.statuses ?? []), status].slice(-MAX_STATUSES_KEPT);
    this.#log(channel).replace({ ...root, statuses });
  }

  #log(channel: string): MessageLog {
    const log = this.#logs.get(channel) ?? new MessageLog(MAX_MESSAGES_PER_CHANNEL);
    this.#logs.set(channel, log);
    return log;
  }

  #tellEffects({ dropped, changed }: Effects): void {
    for (const { channel, ts } of dropped) this.tell({ type: 'message-deleted', channel, ts });
    for (const message of changed)
      if (this.find(message.channel, message.ts) === message)
        this.tell({ type: 'message', message });
  }
}

const isDirect = ({ kind }: Channel) => kind === 'direct' || kind === 'group';

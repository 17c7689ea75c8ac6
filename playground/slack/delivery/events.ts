import { now, pause } from '../clock.ts';
import type { Channel, Message, TwinOrder } from '../control-types.ts';
import { toApiMessage } from '../messages/message-object.ts';
import type { Apps } from '../workspace/apps.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';
import type { Workspace } from '../workspace/workspace.ts';
import {
  channelTypes,
  envelope,
  foreignFields,
  mentionEvent,
  messageEvent,
} from './event-payloads.ts';

/** How a message's events travel. */
export interface Travel {
  twinOrder?: TwinOrder;
  deliverTwice?: boolean;
}

/** What happened, in Slack's words. `event_ts` is now unless it says when. */
export type EventOf = { type: string } & Record<string, unknown>;

export interface AnnouncerOptions {
  workspace: Workspace;
  apps: Apps;
}

/** Longest time that the second of two twins waits for the first to be taken. */
const TWIN_GAP_MS = 50;

/** Tells the apps what happened, in the events that Slack sends for it: each app that is there and has asked for them. */
export class Announcer {
  readonly #options: AnnouncerOptions;

  constructor(options: AnnouncerOptions) {
    this.#options = options;
  }

  /** A message was posted, by a person or an app. For the app that it mentions, outside of DMs, that is two events. */
  posted(message: Message, travel: Travel = {}): void {
    if (message.ephemeral_to) return;
    for (const { app, channel } of this.#audience(message.channel))
      this.#postedTo(app, channel, message, travel);
  }

  changed(previous: Message, message: Message): void {
    this.#hidden(previous.channel, {
      subtype: 'message_changed',
      message: toApiMessage(message),
      previous_message: toApiMessage(previous),
    });
  }

  deleted(previous: Message): void {
    this.#hidden(previous.channel, {
      subtype: 'message_deleted',
      deleted_ts: previous.ts,
      previous_message: toApiMessage(previous),
    });
  }

  reacted(
    kind: 'reaction_added' | 'reaction_removed',
    user: string,
    reaction: string,
    message: Message,
  ): void {
    this.inChannel(message.channel, {
      type: kind,
      user,
      reaction,
      item: { type: 'message', channel: message.channel, ts: message.ts },
      item_user: message.user,
    });
  }

  homeOpened(
    app: InstalledApp,
    user: string,
    tab: 'home' | 'messages',
    view?: Record<string, unknown>,
  ): void {
    const channel = this.#options.workspace.directChannel(user, app.user);
    void this.#send(app, channel, 'app_home_opened', {
      type: 'app_home_opened',
      user,
      channel: channel.id,
      tab,
      event_ts: eventTs(),
      ...(view && { view }),
    });
  }

  /** An event that every app in a channel hears, and the app of the user `alsoTo`, under the name of its type. */
  inChannel(channelId: string, event: EventOf, alsoTo?: string): void {
    const channel = this.#options.workspace.channel(channelId);
    const timed = { event_ts: eventTs(), ...event };
    for (const app of this.#options.apps.list())
      if (channel.members.includes(app.user) || app.user === alsoTo)
        void this.#send(app, channel, event.type, timed);
  }

  /** An event of a channel: all apps may know of a public one, of a private one those in it. */
  aboutChannel(channel: Channel, event: EventOf): void {
    if (channel.kind === 'public') this.toAll(event, channel);
    else this.inChannel(channel.id, event);
  }

  /** An event that every app hears; what it says may depend on who hears it. */
  toAll(event: EventOf | ((app: InstalledApp) => EventOf), channel?: Channel): void {
    const event_ts = eventTs();
    for (const app of this.#options.apps.list()) {
      const one = typeof event === 'function' ? event(app) : event;
      void this.#send(app, channel, one.type, { event_ts, ...one });
    }
  }

  /** An event for one app, wherever it is; without a channel it belongs to the workspace. */
  toApp(app: InstalledApp, event: EventOf): void {
    void this.#send(app, undefined, event.type, { event_ts: eventTs(), ...event });
  }

  #postedTo(
    app: InstalledApp,
    channel: Channel,
    message: Message,
    { twinOrder = 'mention-first', deliverTwice = false }: Travel,
  ): void {
    const more = { message, deliverTwice };
    const event = messageEvent(channel, message, this.#broadcastRoot(message));
    const plain = () => this.#send(app, channel, messageSubscription(channel), event, more);
    const mention = () => this.#send(app, channel, 'app_mention', mentionEvent(message), more);
    const mentioned = message.text.includes(`<@${app.user}>`) && message.user !== app.user;
    if (!mentioned || channel.kind === 'direct') void plain();
    else void inOrder(orders[twinOrder](mention, plain));
  }

  #hidden(channelId: string, fields: Record<string, unknown>): void {
    const audience = this.#audience(channelId);
    if (audience.length === 0) return;
    const ts = this.#options.workspace.nextTs(channelId);
    for (const { app, channel } of audience)
      void this.#send(app, channel, messageSubscription(channel), {
        type: 'message',
        channel: channel.id,
        hidden: true,
        ts,
        event_ts: ts,
        channel_type: channelTypes[channel.kind],
        ...fields,
      });
  }

  /** What a reply that is shown in the channel, too, says of its thread. */
  #broadcastRoot({ subtype, channel, thread_ts }: Message): Message | undefined {
    return subtype === 'thread_broadcast' && thread_ts
      ? this.#options.workspace.find(channel, thread_ts)
      : undefined;
  }

  /** An app hears nothing from channels that it is not in. */
  #audience(channelId: string): { app: InstalledApp; channel: Channel }[] {
    const { workspace, apps } = this.#options;
    const channel = workspace.channel(channelId);
    const inside = apps.list().filter((app) => channel.members.includes(app.user));
    return inside.map((app) => ({ app, channel }));
  }

  async #send(
    app: InstalledApp,
    channel: Channel | undefined,
    subscription: string,
    event: Record<string, unknown>,
    { message, deliverTwice = false }: { message?: Message; deliverTwice?: boolean } = {},
  ): Promise<void> {
    if (!app.subscribes(subscription)) return;
    const author = message && this.#options.workspace.people.get(message.user);
    const foreign = message && author?.is_stranger && foreignFields(author, message);
    const body = envelope(app, channel?.external ?? false, { ...event, ...foreign });
    await app.deliveries.event(String(event.type), body, deliverTwice);
  }
}

const messageSubscription = ({ kind }: Channel) => `message.${plural[kind]}`;
const plural = { public: 'channels', private: 'groups', direct: 'im', group: 'mpim' } as const;

type Sending = () => Promise<void>;
const orders: Record<TwinOrder, (mention: Sending, plain: Sending) => Sending[]> = {
  'mention-first': (mention, plain) => [mention, plain],
  'message-first': (mention, plain) => [plain, mention],
  'mention-only': (mention) => [mention],
  'message-only': (_mention, plain) => [plain],
};

/** Twins arrive one after the other: the second leaves when the first was taken, or soon after. */
async function inOrder(sendings: Sending[]): Promise<void> {
  for (const send of sendings) {
    const settled = new AbortController();
    void send().then(() => settled.abort());
    await pause(TWIN_GAP_MS, settled.signal);
  }
}

const eventTs = () => (now() / 1000).toFixed(6);

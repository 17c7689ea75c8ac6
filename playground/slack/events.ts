import { randomUUID } from 'node:crypto';
import { now, pause } from './clock.ts';
import type { Channel, Message, TwinOrder } from './control-types.ts';
import type { Deliveries } from './delivery.ts';
import { freshId } from './identifiers.ts';
import { toApiMessage } from './message-object.ts';
import { app, team } from './people.ts';
import type { Workspace } from './workspace.ts';

/** How a message's events travel. */
export interface Travel {
  twinOrder?: TwinOrder;
  deliverTwice?: boolean;
}

export interface AnnouncerOptions {
  workspace: Workspace;
  deliveries: Deliveries;
  /** Event names as a manifest lists them (`message.channels`); absent: all. */
  subscribed?: Set<string>;
}

/** Longest time that the second of two twins waits for the first to be taken. */
const TWIN_GAP_MS = 50;

/** Tells the app what happened, in the events that Slack sends for it. */
export class Announcer {
  readonly #options: AnnouncerOptions;

  constructor(options: AnnouncerOptions) {
    this.#options = options;
  }

  /** A message was posted, by a person or an app. A mention outside a DM gives two events. */
  posted(message: Message, { twinOrder = 'mention-first', deliverTwice = false }: Travel = {}) {
    const channel = this.#audible(message.channel);
    if (!channel || message.ephemeral_to) return;
    const plain = () =>
      this.#send(channel, `message.${plural[channel.kind]}`, messageEvent(channel, message), {
        message,
        deliverTwice,
      });
    const mention = () =>
      this.#send(channel, 'app_mention', mentionEvent(message), { message, deliverTwice });
    const mentioned = message.text.includes(`<@${app.user}>`) && message.user !== app.user;
    if (!mentioned || channel.kind === 'direct') return void plain();
    void inOrder(orders[twinOrder](mention, plain));
  }

  changed(previous: Message, message: Message): void {
    this.#hidden(previous.channel, (ts) => ({
      subtype: 'message_changed',
      ts,
      message: toApiMessage(message),
      previous_message: toApiMessage(previous),
    }));
  }

  deleted(previous: Message): void {
    this.#hidden(previous.channel, (ts) => ({
      subtype: 'message_deleted',
      ts,
      deleted_ts: previous.ts,
      previous_message: toApiMessage(previous),
    }));
  }

  joined(channel: Channel, user: string): void {
    this.#membership('member_joined_channel', channel, user);
  }

  left(channel: Channel, user: string): void {
    this.#membership('member_left_channel', channel, user);
  }

  reacted(
    kind: 'reaction_added' | 'reaction_removed',
    user: string,
    reaction: string,
    message: Message,
  ): void {
    const channel = this.#audible(message.channel);
    if (!channel) return;
    void this.#send(channel, kind, {
      type: kind,
      user,
      reaction,
      item: { type: 'message', channel: message.channel, ts: message.ts },
      item_user: message.user,
      event_ts: eventTs(),
    });
  }

  homeOpened(user: string, tab: 'home' | 'messages', view?: Record<string, unknown>): void {
    const channel = this.#options.workspace.directChannel(user);
    void this.#send(channel, 'app_home_opened', {
      type: 'app_home_opened',
      user,
      channel: channel.id,
      tab,
      event_ts: eventTs(),
      ...(view && { view }),
    });
  }

  #hidden(channelId: string, fields: (ts: string) => Record<string, unknown>): void {
    const channel = this.#audible(channelId);
    if (!channel) return;
    const ts = this.#options.workspace.nextTs(channel.id);
    void this.#send(channel, `message.${plural[channel.kind]}`, {
      type: 'message',
      channel: channel.id,
      hidden: true,
      event_ts: ts,
      channel_type: channelTypes[channel.kind],
      ...fields(ts),
    });
  }

  #membership(type: string, channel: Channel, user: string): void {
    const audible = this.#audible(channel.id) ?? (user === app.user ? channel : undefined);
    if (!audible) return;
    void this.#send(audible, type, {
      type,
      user,
      channel: channel.id,
      channel_type: channel.kind === 'private' ? 'G' : 'C',
      team: team.id,
      event_ts: eventTs(),
    });
  }

  /** The app hears nothing from channels that it is not in. */
  #audible(channelId: string): Channel | undefined {
    const channel = this.#options.workspace.channel(channelId);
    return channel.members.includes(app.user) ? channel : undefined;
  }

  async #send(
    channel: Channel,
    subscription: string,
    event: Record<string, unknown>,
    { message, deliverTwice = false }: { message?: Message; deliverTwice?: boolean } = {},
  ): Promise<void> {
    const { subscribed, deliveries } = this.#options;
    if (subscribed && !subscribed.has(subscription)) return;
    const author = message && this.#options.workspace.people.get(message.user);
    const foreign = author?.is_stranger && {
      user_team: author.team_id,
      source_team: author.team_id,
    };
    await deliveries.event(
      String(event.type),
      envelope(channel, { ...event, ...foreign }),
      deliverTwice,
    );
  }
}

const plural = { public: 'channels', private: 'groups', direct: 'im' } as const;
const channelTypes = { public: 'channel', private: 'group', direct: 'im' } as const;

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

const messageEvent = (channel: Channel, message: Message) => ({
  ...toApiMessage(message, { metadata: false }),
  channel: message.channel,
  event_ts: message.ts,
  channel_type: channelTypes[channel.kind],
});

function mentionEvent(message: Message): Record<string, unknown> {
  const { subtype: _, ...rest } = toApiMessage(message, { metadata: false });
  return { ...rest, type: 'app_mention', channel: message.channel, event_ts: message.ts };
}

const envelope = (channel: Channel, event: Record<string, unknown>) => ({
  token: 'playground',
  team_id: team.id,
  context_team_id: team.id,
  context_enterprise_id: null,
  api_app_id: app.id,
  event,
  type: 'event_callback',
  event_id: freshId('Ev'),
  event_time: Math.floor(Date.now() / 1000),
  authorizations: [
    {
      enterprise_id: null,
      team_id: team.id,
      user_id: app.user,
      is_bot: true,
      is_enterprise_install: false,
    },
  ],
  is_ext_shared_channel: channel.external,
  event_context: `4-${randomUUID()}`,
});

const eventTs = () => (now() / 1000).toFixed(6);

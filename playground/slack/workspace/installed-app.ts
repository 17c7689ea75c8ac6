import type { AppInfo, Delivery, Message } from '../control-types.ts';
import { Deliveries, type Transport } from '../delivery/delivery.ts';
import { HttpDelivery, type Verification } from '../delivery/http-delivery.ts';
import { SocketMode } from '../delivery/socket-mode.ts';
import type { Ring } from '../ring.ts';
import type { Manifest } from './manifest.ts';
import { team } from './people.ts';

/** How an app is reached. `url` takes everything: events, commands, clicks. */
export type DeliveryMode = { mode: 'socket' } | { mode: 'http'; url: string };

export interface InstalledAppOptions {
  manifest: Manifest;
  /** The ids of its bot user, its bot and itself differ only in their first letter. */
  suffix: string;
  /** How many apps were there before; tokens are counted, so that they are known beforehand. */
  index: number;
  ackTimeoutMs: () => number;
  redeliveryMs: number[];
  /** How long a Socket Mode connection lasts that was opened with `debug_reconnects=true`. Milliseconds. */
  debugReconnectMs: number;
  log: Ring<Delivery>;
  /** The id of the next delivery, to whichever app. */
  nextId: () => number;
  /** Called whenever a delivery has come further. */
  onProgress: (delivery: Delivery) => void;
  /** Called when a connection came or went, and when it went on- or offline or was uninstalled. */
  onChange: () => void;
}

/** Events that still come to an app that is gone. */
const farewells = ['tokens_revoked', 'app_uninstalled'];

/** One app in the workspace: who it is, what its manifest declares, its secrets, and the way to it. */
export class InstalledApp {
  readonly id: string;
  readonly user: string;
  readonly bot_id: string;
  readonly manifest: Manifest;
  readonly tokens: { bot: string; app: string };
  readonly signingSecret: string;
  readonly sockets: SocketMode;
  readonly deliveries: Deliveries;
  readonly #options: InstalledAppOptions;
  #transport: Transport;
  #installed = true;

  constructor(options: InstalledAppOptions) {
    const { manifest, suffix, index, ackTimeoutMs, debugReconnectMs, onChange } = options;
    const ending = index === 0 ? '' : `-${index + 1}`;
    this.#options = options;
    this.id = `A0${suffix}`;
    this.user = `U0${suffix}`;
    this.bot_id = `B0${suffix}`;
    this.manifest = manifest;
    this.tokens = {
      bot: `xoxb-playground-not-a-token${ending}`,
      app: `xapp-playground-not-a-token${ending}`,
    };
    this.signingSecret = `playground-signing-secret${ending}`;
    this.sockets = new SocketMode({
      appId: this.id,
      ackTimeoutMs,
      debugReconnectMs,
      onChange,
    });
    this.#transport = this.sockets;
    this.deliveries = new Deliveries({
      ...options,
      appId: this.id,
      transport: () => this.#transport,
      mayHear: (type) => this.#installed || farewells.includes(type),
    });
  }

  get installed(): boolean {
    return this.#installed;
  }

  set installed(installed: boolean) {
    this.#installed = installed;
    if (installed) this.sockets.stay();
    else this.sockets.end();
    this.#options.onChange();
  }

  online(): boolean {
    return this.#installed && this.#transport.online();
  }

  /** Changes how the app is reached, e.g. once its port is known. */
  deliverTo(delivery: DeliveryMode): void {
    const { ackTimeoutMs, onChange } = this.#options;
    // Socket Mode and HTTP exclude each other.
    if (delivery.mode === 'http') this.sockets.disconnect('link_disabled');
    if (this.#transport !== this.sockets) this.#transport.close();
    this.#transport =
      delivery.mode === 'socket'
        ? this.sockets
        : new HttpDelivery({
            url: delivery.url,
            signingSecret: this.signingSecret,
            ackTimeoutMs,
            onChange,
          });
    onChange();
  }

  /** Slack's handshakes with an HTTP app. Both fail in Socket Mode. */
  async verifyUrl(): Promise<Verification> {
    if (this.#transport instanceof HttpDelivery) return this.#transport.verify();
    return { challenge: false, ssl_check: false };
  }

  /** Whether the app is to hear an event, named as a manifest lists it (`message.channels`). */
  subscribes(event: string): boolean {
    const { events } = this.manifest;
    return this.#installed && (events === undefined || events.has(event));
  }

  /** The fields of a message that this app writes. */
  authorship(): Pick<Message, 'user' | 'bot_id' | 'app_id' | 'bot_profile'> {
    const { id: app_id, user, bot_id, manifest } = this;
    const bot_profile = {
      id: bot_id,
      app_id,
      user_id: user,
      name: manifest.name,
      deleted: false,
      updated: 0,
      team_id: team.id,
    };
    return { user, bot_id, app_id, bot_profile };
  }

  /** What the page and the control API see of it. */
  info(): AppInfo {
    const { id, user, bot_id, manifest, installed } = this;
    const commands = (manifest.commands ?? []).map(({ should_escape: _, ...command }) => command);
    return {
      id,
      user,
      bot_id,
      name: manifest.name,
      installed,
      online: this.online(),
      home_tab: manifest.homeTab,
      messages_tab: manifest.messagesTab,
      commands,
      shortcuts: manifest.shortcuts,
      stoppable: this.subscribes('agent_session_stopped'),
    };
  }

  close(): void {
    this.deliveries.close();
    this.#transport.close();
    this.sockets.close();
  }
}

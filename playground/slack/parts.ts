import type { Args } from './args.ts';
import type { Delivery, TrafficEntry } from './control-types.ts';
import type { Deliveries } from './delivery.ts';
import type { Announcer } from './events.ts';
import type { Faults } from './faults.ts';
import type { Files } from './files.ts';
import type { ResponseUrls, Triggers } from './invitations.ts';
import type { Manifest } from './manifest.ts';
import type { Ring } from './ring.ts';
import type { SocketMode } from './socket-mode.ts';
import type { Views } from './views.ts';
import type { Workspace } from './workspace.ts';

/** Everything the look-alike consists of, built once in `server.ts` and handed to those who need it. */
export interface Parts {
  workspace: Workspace;
  views: Views;
  files: Files;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  announcer: Announcer;
  deliveries: Deliveries;
  sockets: SocketMode;
  faults: Faults;
  manifest: Manifest;
  traffic: Ring<TrafficEntry>;
  deliveryLog: Ring<Delivery>;
  tokens: { bot: string; app: string };
  /** Whether the app can be reached now. */
  online: () => boolean;
  /** The server's own address, without a slash at the end. */
  url: () => string;
}

/** One Web API method: does it at once and gives the answer's fields. @throws Refusal with Slack's word for why not. */
export type Method = (parts: Parts, args: Args) => Record<string, unknown>;
export type Methods = Record<string, Method>;

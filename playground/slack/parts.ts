import type { Args } from './args.ts';
import type { Delivery, Limits, TrafficEntry } from './control-types.ts';
import type { Announcer } from './delivery/events.ts';
import type { Files } from './files/files.ts';
import type { Forms } from './interactivity/forms.ts';
import type { ResponseUrls, Triggers } from './interactivity/invitations.ts';
import type { Views } from './interactivity/views.ts';
import type { Faults } from './limits/faults.ts';
import type { RateLimits } from './limits/rate-limits.ts';
import type { Prompts } from './messages/prompts.ts';
import type { ScheduledMessages } from './messages/scheduled-messages.ts';
import type { Streams } from './messages/streams.ts';
import type { Ring } from './ring.ts';
import type { Apps } from './workspace/apps.ts';
import type { InstalledApp } from './workspace/installed-app.ts';
import type { Workspace } from './workspace/workspace.ts';

/** Everything the look-alike consists of, built once in `server.ts` and handed to those who need it. */
export interface Parts {
  workspace: Workspace;
  apps: Apps;
  views: Views;
  forms: Forms;
  files: Files;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  announcer: Announcer;
  streams: Streams;
  scheduled: ScheduledMessages;
  prompts: Prompts;
  faults: Faults;
  traffic: Ring<TrafficEntry>;
  deliveryLog: Ring<Delivery>;
  /** Which limits are kept; changed while it runs by `POST /control/limits`. */
  limits: Limits;
  rates: RateLimits;
  /** The server's own address, without a slash at the end. */
  url: () => string;
}

/** One Web API method, called with the token of `app`: does it at once and gives the answer's fields. @throws Refusal with Slack's word for why not. */
export type Method = (parts: Parts, args: Args, app: InstalledApp) => Record<string, unknown>;
export type Methods = Record<string, Method>;

/** The shapes of the control API, `/control/*`: what the page and the tests see of the workspace, and what they may do to it. */

/** A member of the workspace, or somebody from outside who shares a channel with it. Fields are named as Slack names them. */
export interface Person {
  id: string;
  team_id: string;
  /** The handle that `@name` in the control API refers to. */
  name: string;
  real_name: string;
  /** IANA time zone, e.g. `Europe/Vienna`. */
  tz: string;
  is_bot: boolean;
  /** A guest. */
  is_restricted: boolean;
  /** From another organisation, known through a shared channel. */
  is_stranger: boolean;
  deleted: boolean;
  profile: { display_name: string; real_name: string; title?: string };
}

/** A conversation. `direct` is a DM between one person and the app. */
export interface Channel {
  id: string;
  /** Without `#`; for a DM the handle of the person. */
  name: string;
  kind: 'public' | 'private' | 'direct';
  topic: string;
  members: string[];
  /** Shared with another organisation (Slack Connect). */
  external: boolean;
  archived: boolean;
}

export interface FileInfo {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  filetype: string;
  /** Bytes. */
  size: number;
  /** Downloadable with the bot's token; by the page through `/control/file?id=…`. */
  url_private: string;
  url_private_download: string;
  user: string;
  /** Seconds since 1970. */
  created: number;
}

export interface Reaction {
  name: string;
  users: string[];
  count: number;
}

/** Any block as the app sent it; `type` says which. */
export interface AnyBlock {
  type: string;
  block_id?: string;
  [field: string]: unknown;
}

/** A message as it stands now. `channel` + `ts` identify it. Roots of threads carry the counts of their replies. */
export interface Message {
  type: 'message';
  subtype?: string;
  channel: string;
  /** `seconds.micros`, unique in the channel and increasing. */
  ts: string;
  /** The root's `ts`, on replies and on roots with replies. */
  thread_ts?: string;
  team: string;
  user: string;
  /** Set when an app posted it. */
  bot_id?: string;
  app_id?: string;
  username?: string;
  /** Slack's mrkdwn, `&`, `<` and `>` escaped. */
  text: string;
  blocks?: AnyBlock[];
  attachments?: unknown[];
  files?: FileInfo[];
  client_msg_id?: string;
  edited?: { user: string; ts: string };
  metadata?: { event_type: string; event_payload: Record<string, unknown> };
  reactions?: Reaction[];
  reply_count?: number;
  reply_users?: string[];
  latest_reply?: string;
  /** Only this person sees it. */
  ephemeral_to?: string;
  /** On a thread's root: every status that was set on its thread, oldest first, at most 50. */
  statuses?: string[];
}

/** The line below a thread: "is thinking…". An empty status is no status. */
export interface ThreadStatus {
  channel: string;
  thread_ts: string;
  status: string;
  loading_messages: string[];
}

/** An open modal (`modal`) or a person's Home tab (`home`). */
export interface View {
  id: string;
  type: 'modal' | 'home';
  /** Who sees it. */
  user: string;
  callback_id: string;
  title?: unknown;
  submit?: unknown;
  close?: unknown;
  private_metadata: string;
  blocks: AnyBlock[];
  hash: string;
  root_view_id: string;
  previous_view_id?: string;
  /** By `block_id`, the sentences of the last refused submission. */
  errors?: Record<string, string>;
}

/** All that one person sees. `GET /control/state?user=U…` */
export interface State {
  team: { id: string; name: string; domain: string };
  /** The app: `online` while it can be reached. */
  app: { id: string; user: string; bot_id: string; name: string; online: boolean };
  me: string;
  people: Person[];
  /** The channels the person is in, and the public ones. */
  channels: Channel[];
  /** Slash commands that the app's manifest declares. */
  commands: { command: string; description: string; usage_hint?: string }[];
  /** By channel, oldest first, threads included. */
  messages: Record<string, Message[]>;
  statuses: ThreadStatus[];
  /** Open modals, lowest first. */
  views: View[];
  home?: View;
}

/** What changed. `GET /control/stream?user=U…` sends each as one `data:` line of JSON, beginning with `hello`. */
export type Change =
  /** The stream is open. Read `/control/state` now: nothing after this is missed. */
  | { type: 'hello' }
  /** Posted or changed: replace the one with the same `channel` and `ts`. */
  | { type: 'message'; message: Message }
  | { type: 'message-deleted'; channel: string; ts: string }
  | { type: 'status'; status: ThreadStatus }
  /** A modal was opened or replaced, or a Home tab published. */
  | { type: 'view'; view: View }
  | { type: 'view-closed'; user: string; view_id: string }
  | { type: 'channel'; channel: Channel }
  | { type: 'app-online'; online: boolean };

export type TwinOrder = 'mention-first' | 'message-first' | 'mention-only' | 'message-only';

/** A file that a person attaches; `content` is text, or base64 with `encoding: 'base64'`. */
export interface Attachment {
  name: string;
  content: string;
  encoding?: 'utf8' | 'base64';
}

/** `user` is an id or `@name`, `channel` an id, `#name`, or `@name` for that person's DM with the app. */
export interface SayOptions {
  thread_ts?: string;
  files?: Attachment[];
  /** How the two events of one mention arrive; default `mention-first`. */
  twinOrder?: TwinOrder;
  /** Every event is delivered once more, as Slack does when an ack was lost. */
  deliverTwice?: boolean;
}

/** `POST /control/say` → `{ ok: true, ts }`. `@name` in the text becomes a mention. */
export interface SayRequest extends SayOptions {
  user: string;
  channel: string;
  text: string;
}

/** `POST /control/edit` → `{ ok: true }` */
export interface EditRequest {
  user: string;
  channel: string;
  ts: string;
  text: string;
}

/** `POST /control/remove` → `{ ok: true }` */
export interface RemoveRequest {
  user: string;
  channel: string;
  ts: string;
}

/** `POST /control/command` → `{ ok: true }`, or what the app failed to do. Slack offers no commands inside threads. */
export interface CommandRequest {
  user: string;
  channel: string;
  /** `/datasource` */
  command: string;
  text: string;
}

/** `POST /control/click` → `{ ok: true }`. A button, menu, checkbox or date in a message or view, by its `action_id`. */
export interface ClickRequest {
  user: string;
  /** Of a message: `channel` and `ts`. */
  channel?: string;
  ts?: string;
  /** Of a view (modal or Home tab). */
  view_id?: string;
  action_id: string;
  /** Only needed when two blocks have the same `action_id`. */
  block_id?: string;
  /** What was picked: an option's value, a date, a person's id; nothing for a button. */
  value?: string | string[];
}

/** `POST /control/submit` → `{ ok: true }`, or `{ ok: true, errors }` by `block_id` when the app refused the input. */
export interface SubmitRequest {
  user: string;
  view_id: string;
  /** By `block_id`, then `action_id`: what was typed or picked. */
  values: Record<string, Record<string, string | string[] | null>>;
}

/** `POST /control/close-view` → `{ ok: true }` */
export interface CloseViewRequest {
  user: string;
  view_id: string;
}

/** `POST /control/react` → `{ ok: true }`. `remove` takes the reaction away. */
export interface ReactRequest {
  user: string;
  channel: string;
  ts: string;
  /** `eyes`, without colons. */
  name: string;
  remove?: boolean;
}

/** `POST /control/open-home` → `{ ok: true }`. The app hears `app_home_opened`. */
export interface OpenHomeRequest {
  user: string;
  tab?: 'home' | 'messages';
}

/** `POST /control/join` → `{ ok: true }`. Brings a person or the app into a channel; `leave` takes them out. */
export interface JoinRequest {
  user: string;
  channel: string;
  leave?: boolean;
}

/** Every control answer. `error` is a word, `message` a sentence. */
export type ControlAnswer<T = object> =
  | ({ ok: true } & T)
  | { ok: false; error: string; message: string };

/** `POST /control/fault` → `{ ok: true, id }`; `POST /control/unfault` with `{ id }` (or nothing: all) ends it. */
export interface Fault {
  /** A method's name, `*` for all, or `chat.*`. */
  method: string;
  /** Which part of the calls is hit, 0–1; default 1. */
  share?: number;
  /** How many calls are hit before the fault ends by itself; default: no end. */
  count?: number;
  /** Answer with this HTTP status: 429 (with `Retry-After`) or 5xx. */
  status?: number;
  /** Seconds, for 429; default 1. */
  retryAfter?: number;
  /** Apply and answer this much later. Milliseconds. */
  delayMs?: number;
  /** Never apply, never answer. */
  hang?: boolean;
  /** Apply, then cut the connection instead of answering. */
  lostReply?: boolean;
  /** Answer `{ ok: false, error }`. */
  error?: string;
}

/** One Web API call as it came in. Times are milliseconds since 1970 with fractions (`performance.timeOrigin + performance.now()`). */
export interface TrafficEntry {
  method: string;
  args: Record<string, unknown>;
  /** Request headers, tokens shortened. */
  headers: Record<string, string>;
  at: number;
  /** When it took effect; absent for a call that was refused before that. */
  appliedAt?: number;
  answeredAt?: number;
  status?: number;
  answer?: Record<string, unknown>;
}

/** One payload on its way to the app. Times as in `TrafficEntry`. */
export interface Delivery {
  id: number;
  kind: 'event' | 'command' | 'interactive';
  /** The payload as sent. */
  body: Record<string, unknown>;
  /** `app_mention`, `message`, `block_actions`, `/datasource`, … */
  type: string;
  createdAt: number;
  /** First time it left for the app. */
  deliveredAt?: number;
  /** How often it left for the app. */
  attempts: number;
  /** First time the app took it. */
  ackedAt?: number;
  /** Why it was sent again, one per retry: `timeout`, `http_timeout`, `http_error`, `connection_failed`, … */
  retryReasons: string[];
  /** True when no more attempts follow and none was acked. */
  failed: boolean;
}

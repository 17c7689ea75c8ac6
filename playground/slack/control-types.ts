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
  /** `email` is unknown of people from outside. */
  profile: { display_name: string; real_name: string; title?: string; email?: string };
}

/** A conversation. `direct` is a DM of two (people, or a person and an app), `group` a DM of three to nine. */
export interface Channel {
  id: string;
  /** Without `#`; DMs have none that people see. */
  name: string;
  kind: 'public' | 'private' | 'direct' | 'group';
  topic: string;
  purpose?: string;
  /** Who made it; seconds since 1970. */
  creator?: string;
  created?: number;
  previous_names?: string[];
  /** Deactivated people and uninstalled apps keep their place, but count for nothing. */
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
  timestamp?: number;
  pretty_type?: string;
  /** `tombstone`: it was deleted. */
  mode?: 'hosted' | 'snippet' | 'tombstone';
  editable?: boolean;
  is_external?: boolean;
  is_public?: boolean;
  permalink?: string;
  /** What a picture shows, for those who do not see it. */
  alt_txt?: string;
  /** Of a picture: pixels. */
  original_w?: number;
  original_h?: number;
  /** `thumb_360` and the like are addresses, `thumb_360_w` and `thumb_360_h` pixels. */
  [thumb: `thumb_${string}`]: string | number;
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
  /** On replies: who wrote the root. */
  parent_user_id?: string;
  team: string;
  user: string;
  /** Set when an app posted it. */
  bot_id?: string;
  app_id?: string;
  /** The app as Slack shows it beside its messages. */
  bot_profile?: {
    id: string;
    app_id: string;
    user_id: string;
    name: string;
    deleted: boolean;
    updated: number;
    team_id: string;
  };
  username?: string;
  /** Instead of the app's picture: an emoji like `:robot_face:`, or the URL of an image. */
  icons?: { emoji?: string; image_64?: string };
  /** False when the text is to be shown as it is. */
  mrkdwn?: false;
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
  /** Of messages about the channel (`channel_join`, `channel_topic`, `channel_name`, …). */
  inviter?: string;
  topic?: string;
  purpose?: string;
  name?: string;
  old_name?: string;
  /** While and after an app streams it. */
  streaming_state?: 'in_progress' | 'completed' | 'errored';
  /** On a thread's root: every status that was set on its thread, oldest first, at most 50. */
  statuses?: string[];
}

/** The line below a thread: "is thinking…". An empty status is no status. */
export interface ThreadStatus {
  app_id: string;
  channel: string;
  thread_ts: string;
  status: string;
  loading_messages: string[];
}

/** An open modal (`modal`) or an app's Home tab for one person (`home`). */
export interface View {
  id: string;
  app_id: string;
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

/** A shortcut that an app offers: on a message, or everywhere (`global`). */
export interface Shortcut {
  name: string;
  type: 'message' | 'global';
  callback_id: string;
  description: string;
}

/** An app in the workspace. */
export interface AppInfo {
  /** `A…` */
  id: string;
  /** Its bot user, a `Person` too. */
  user: string;
  bot_id: string;
  name: string;
  /** False after it was uninstalled. */
  installed: boolean;
  /** While it can be reached: it has a connection, or answers over HTTP. */
  online: boolean;
  /** Its DM has a Home tab. */
  home_tab: boolean;
  /** Its DM has a Messages tab in which people may write. */
  messages_tab: boolean;
  commands: { command: string; description: string; usage_hint?: string }[];
  shortcuts: Shortcut[];
  /** It listens for Slack's Stop button (`agent_session_stopped`). */
  stoppable: boolean;
}

/** What an app suggests to ask, on top of its Messages tab or in one thread. */
export interface SuggestedPrompts {
  app_id: string;
  channel: string;
  thread_ts?: string;
  title?: string;
  prompts: { title: string; message: string }[];
}

/** A user group, mentioned as `@handle`. */
export interface Usergroup {
  /** `S…` */
  id: string;
  name: string;
  handle: string;
  description: string;
  users: string[];
  /** Channels that its members join. */
  channels: string[];
  created_by: string;
  updated_by: string;
  /** Seconds since 1970; `date_delete` is 0 unless it is disabled. */
  date_create: number;
  date_update: number;
  date_delete: number;
}

/** Which of Slack's limits are kept. All are, unless switched off. */
export interface Limits {
  /** Calls per method and workspace. */
  rates: boolean;
  /** A token does only what its scopes allow. */
  scopes: boolean;
  /** Three seconds to ack, three for a trigger id, thirty minutes and five uses for a `response_url`. */
  deadlines: boolean;
  /** How long texts, messages, views and files may be, and a message's blocks together. */
  sizes: boolean;
  /** What each block may be made of, how many there may be and how long their texts. */
  blocks: boolean;
}

/** All that one person sees. `GET /control/state?user=U…`; without `user`: the first person who may look. */
export interface State {
  team: { id: string; name: string; domain: string };
  /** In the order in which they were installed. */
  apps: AppInfo[];
  me: string;
  people: Person[];
  usergroups?: Usergroup[];
  /** The channels the person is in, and the public ones. */
  channels: Channel[];
  /** By channel, oldest first, threads included. */
  messages: Record<string, Message[]>;
  statuses: ThreadStatus[];
  prompts: SuggestedPrompts[];
  /** Open modals, lowest first. */
  views: View[];
  /** The person's Home tabs, one per app that published one. */
  homes: View[];
  limits: Limits;
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
  /** Removed from what this person sees: they left a private channel, it was made private, or they became a guest. */
  | { type: 'channel-gone'; channel: string }
  | { type: 'app'; app: AppInfo }
  | { type: 'person'; person: Person }
  | { type: 'usergroup'; usergroup: Usergroup }
  | { type: 'prompts'; prompts: SuggestedPrompts }
  | { type: 'limits'; limits: Limits };

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
  /** Files that were uploaded before by `POST /control/upload`. */
  file_ids?: string[];
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

/** `POST /control/shortcut` → `{ ok: true }`. A message shortcut names the message by `channel` and `ts`, a global one does not. */
export interface ShortcutRequest {
  user: string;
  callback_id: string;
  /** Only needed when two apps have the same `callback_id`. */
  app_id?: string;
  channel?: string;
  ts?: string;
}

/** `POST /control/suggest` → `{ ok: true, options, option_groups? }`: what an external select offers for the typed `value`. */
export interface SuggestRequest {
  user: string;
  channel?: string;
  ts?: string;
  view_id?: string;
  action_id: string;
  block_id?: string;
  value: string;
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
  /** What all inputs of the message or view hold by now, as in `SubmitRequest`: the payload's `state.values`. */
  values?: SubmitRequest['values'];
}

/** `POST /control/submit` → `{ ok: true }`, or `{ ok: true, errors }` by `block_id` when the app refused the input. */
export interface SubmitRequest {
  user: string;
  view_id: string;
  /** By `block_id`, then `action_id`: what was typed or picked; rich text as typed, files by their ids. */
  values: Record<string, Record<string, string | string[] | null>>;
}

/** `POST /control/close-view` → `{ ok: true }` */
export interface CloseViewRequest {
  user: string;
  view_id: string;
  /** By the cross in the corner, which closes all that lie below as well; default: by the button. */
  all?: boolean;
}

/** `POST /control/upload?user=U…&name=sales.csv`, the file's bytes as body → `{ ok: true, file }`. Nobody sees it before it is sent. */
export interface UploadAnswer {
  file: FileInfo;
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
  /** Default: the first app. */
  app_id?: string;
  tab?: 'home' | 'messages';
}

/** `POST /control/stop` → `{ ok: true }`. Slack's Stop button: the app hears `agent_session_stopped`. */
export interface StopRequest {
  user: string;
  channel: string;
  thread_ts: string;
}

/** `POST /control/open-dm` → `{ ok: true, channel }`, the id of the DM between `user` and the `others` (people or app users, 1–8). */
export interface OpenDmRequest {
  user: string;
  others: string[];
}

/** `POST /control/create-channel` → `{ ok: true, channel }`, its id. `user` is in it. */
export interface CreateChannelRequest {
  user: string;
  /** 1–80 lower-case letters, digits, `-` and `_`. */
  name: string;
  private?: boolean;
}

/** `POST /control/channel` → `{ ok: true }`. What happens to a channel as a whole; apps in it hear the events of it. */
export interface ChannelRequest {
  user: string;
  channel: string;
  action:
    | 'archive'
    | 'unarchive'
    | 'make-private'
    | 'make-public'
    | 'share'
    | 'unshare'
    | 'rename'
    | 'set-topic'
    | 'set-purpose'
    | 'delete';
  /** The new name, topic or purpose. */
  value?: string;
}

/** `POST /control/app` → `{ ok: true }`. Uninstalled, an app hears `app_uninstalled` and `tokens_revoked`, and its tokens are refused. */
export interface AppRequest {
  app_id: string;
  action: 'uninstall' | 'install';
}

/** `POST /control/person` → `{ ok: true }`. Makes somebody a guest or a full member, deactivates them or brings them back, changes their title. */
export interface PersonRequest {
  user: string;
  is_restricted?: boolean;
  deleted?: boolean;
  title?: string;
}

/** `POST /control/add-person` → `{ ok: true, user }`, the id of somebody new. Apps hear `team_join`. */
export interface AddPersonRequest {
  /** The handle: 1–80 lower-case letters, digits, `.`, `-` and `_`. */
  name: string;
  real_name?: string;
  /** IANA; default `UTC`. */
  tz?: string;
  is_restricted?: boolean;
}

/** `POST /control/join` → `{ ok: true }`. Brings a person or an app's user into a channel; `leave` takes them out. */
export interface JoinRequest {
  user: string;
  channel: string;
  leave?: boolean;
  /** Who brings them in or takes them out; without: themselves. */
  by?: string;
}

/** Which messages to find; each field narrows. `GET /control/find?channel=…&thread_ts=…&user=…&text=…` (or `pattern=…&flags=…`) → `{ ok: true, messages }`. */
export interface MessageQuery {
  /** An id, `#name`, or `@name` for that person's DM with the app. */
  channel?: string;
  /** The thread's root or a reply in it. */
  thread_ts?: string;
  /** Who wrote it: an id or `@name`. */
  user?: string;
  /** What the text that people see contains. */
  matches?: string | RegExp;
}

/** `GET /control/reply?user=…&channel=…&ts=…` → `{ ok: true, …Reply }`: the reply to that message as `user` sees it. */
export interface ReplyRequest {
  user: string;
  channel: string;
  ts: string;
}

/** What apps said to a message so far. */
export interface Reply {
  /** Of the message that is replied to. */
  ts: string;
  /** Of the thread that it is in, or that its replies are in. */
  thread_ts: string;
  /** Oldest first. */
  messages: Message[];
  /** Everything that people can read in them. */
  text: string;
  /** A message of it is being streamed, or a status stands below it. */
  busy: boolean;
}

/** `POST /control/ask` → `{ ok: true, …Reply }`: says it, and answers when the reply is complete. */
export interface AskRequest extends SayRequest {
  /** The reply is complete when nothing in it has changed for so long. Default 2,000 milliseconds. */
  settleMs?: number;
  /** Default 30,000 milliseconds. */
  timeoutMs?: number;
}

/** Every control answer. `error` is a word, `message` a sentence. */
export type ControlAnswer<T = object> =
  | ({ ok: true } & T)
  | { ok: false; error: string; message: string };

/** `POST /control/fault` → `{ ok: true, id }`; `POST /control/unfault` with `{ id }` (or nothing: all) ends it. */
export interface Fault {
  /** A method's name, `*` for all, or `chat.*`; `upload` and `response` are the addresses of those kinds. */
  method: string;
  /** Only calls with this app's token; default: anybody's. */
  app_id?: string;
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

/** One budget of calls, as full as it is now. `GET /control/rates` → `{ ok: true, rates }`; only those in use. */
export interface RateGauge {
  app_id: string;
  method: string;
  /** For methods that Slack counts per channel. */
  channel?: string;
  /** Calls that fit in `windowMs`. */
  limit: number;
  windowMs: number;
  used: number;
  /** When the next call is allowed again; absent while there is room. Milliseconds since 1970. */
  blockedUntil?: number;
}

/** What `GET /control/inspect` sends, each as one `data:` line of JSON: first what there was, then what comes. */
export type Inspection =
  | {
      type: 'hello';
      calls: TrafficEntry[];
      deliveries: Delivery[];
      rates: RateGauge[];
      limits: Limits;
      faults: (Fault & { id: string })[];
    }
  /** New or further on: replace the one with the same `id`. */
  | { type: 'call'; call: TrafficEntry }
  | { type: 'delivery'; delivery: Delivery }
  /** At most four times a second. */
  | { type: 'rates'; rates: RateGauge[] }
  | { type: 'limits'; limits: Limits }
  | { type: 'faults'; faults: (Fault & { id: string })[] };

/** One Web API call as it came in. Times are milliseconds since 1970 with fractions (`performance.timeOrigin + performance.now()`). */
export interface TrafficEntry {
  id: number;
  /** Whose token it came with; absent when that is unknown. */
  app_id?: string;
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
  /** To which app. */
  app_id: string;
  kind: 'event' | 'command' | 'interactive' | 'suggestion';
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

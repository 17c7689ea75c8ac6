import { openChangeStream } from '../control/change-stream.ts';
import type {
  Change,
  Delivery,
  Fault,
  FileInfo,
  Message,
  MessageQuery,
  Reply,
  State,
  TrafficEntry,
} from '../control-types.ts';
import type { Verification } from '../delivery/http-delivery.ts';
import { Refusal } from '../refusal.ts';
import { completeReply } from './ask.ts';
import type { Client } from './client.ts';
import { type Check, waitUntil } from './wait-until.ts';

/** Calls and deliveries are no changes; who waits for those looks again this often. Milliseconds. */
const LOOK_AGAIN_MS = 100;
const SHOWN_IN_ERROR = 5;

type Async<F> = F extends (...args: infer A) => infer R
  ? (...args: A) => Promise<Awaited<R>>
  : never;

/** The calls of `Client`, each of them asynchronous. */
export interface RemoteSlack
  extends Omit<{ [K in keyof Client]: Async<Client[K]> }, 'until' | 'fault' | 'onChange'> {
  /** Resolves when `check` gives something; asked again after every change, call and delivery. */
  until<T>(check: Check<T>, timeoutMs?: number): Promise<T>;
  /** Makes calls fail; resolves with how to end that. */
  fault(fault: Fault): Promise<() => Promise<void>>;
  /** Calls `listener` after every change, whoever sees it; returns how to stop that. */
  onChange(listener: (change: Change) => void): () => void;
}

/**
 * A typed client for a look-alike in another process, e.g. one that `npm run playground` started: for tests of any Slack app.
 * Nothing has to be closed. Calls reject with Refusal (`error` is Slack's word), or an Error when nobody answers at `url`.
 *
 * @param url its address, as it was printed
 */
export function connectSlack(url: string): RemoteSlack {
  const base = `${url.replace(/\/+$/, '')}/control`;
  const onChange = openChangeStream(`${base}/stream`);
  const get = <T>(name: string, query: Record<string, string | undefined> = {}) =>
    answerOf<T>(`${base}/${name}?${toQuery(query)}`);
  const post = <T = object>(name: string, body: object) =>
    answerOf<T>(`${base}/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const act = async (name: string, body: object): Promise<void> => {
    await post(name, body);
  };
  const find = async (query: MessageQuery): Promise<Message[]> =>
    (await get<{ messages: Message[] }>('find', toFindQuery(query))).messages;
  const say: RemoteSlack['say'] = async (user, channel, text, more = {}) =>
    (await post<{ ts: string }>('say', { user, channel, text, ...more })).ts;

  return {
    say,
    async ask(user, channel, text, { settleMs, timeoutMs, until, ...more } = {}) {
      const ts = await say(user, channel, text, more);
      const reply = () => get<Reply>('reply', { user, channel, ts });
      return completeReply(
        { reply, onStir: onChange },
        {
          ...(settleMs !== undefined && { settleMs }),
          ...(timeoutMs !== undefined && { timeoutMs }),
          ...(until && { until }),
        },
      );
    },
    edit: (user, channel, ts, text) => act('edit', { user, channel, ts, text }),
    remove: (user, channel, ts) => act('remove', { user, channel, ts }),
    react: (user, channel, ts, name, remove) => act('react', { user, channel, ts, name, remove }),
    async upload(user, name, content) {
      const { file } = await answerOf<{ file: FileInfo }>(
        `${base}/upload?${toQuery({ user, name })}`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/octet-stream' },
          body: Buffer.from(content),
        },
      );
      return file;
    },

    command: (user, channel, command, text = '') =>
      act('command', { user, channel, command, text }),
    click: (user, channel, ts, action_id, value, values) =>
      act('click', { user, channel, ts, action_id, value, values }),
    clickView: (user, view_id, action_id, value, values) =>
      act('click', { user, view_id, action_id, value, values }),
    suggest: (user, place, action_id, value, more) =>
      post<Awaited<ReturnType<Client['suggest']>>>('suggest', {
        user,
        action_id,
        value,
        ...place,
        ...more,
      }),
    shortcut: (user, callback_id, message) => act('shortcut', { user, callback_id, ...message }),
    async submit(user, view_id, values) {
      return (await post<{ errors?: Record<string, string> }>('submit', { user, view_id, values }))
        .errors;
    },
    closeView: (user, view_id, all) => act('close-view', { user, view_id, all }),
    openHome: (user, tab, app_id) => act('open-home', { user, tab, app_id }),
    stop: (user, channel, thread_ts) => act('stop', { user, channel, thread_ts }),

    join: (user, channel) => act('join', { user, channel }),
    leave: (user, channel) => act('join', { user, channel, leave: true }),
    async openDm(user, ...others) {
      return (await post<{ channel: string }>('open-dm', { user, others })).channel;
    },
    async createChannel(user, name, options) {
      return (await post<{ channel: string }>('create-channel', { user, name, ...options }))
        .channel;
    },
    channel: (user, channel, action) => act('channel', { user, channel, action }),
    app: (app_id, action) => act('app', { app_id, action }),
    person: (user, what) => act('person', { user, ...what }),
    async addPerson(who) {
      return (await post<{ user: string }>('add-person', who)).user;
    },

    async messages(channel, { thread_ts, user } = {}) {
      return (await get<{ messages: Message[] }>('messages', { channel, thread_ts, user }))
        .messages;
    },
    state: (user) => get<State>('state', { user }),

    async waitFor(query, timeoutMs = 5_000) {
      const look = async () =>
        typeof query === 'function' ? (await find({})).find(query) : (await find(query))[0];
      const found = await waitUntil(onChange, look, timeoutMs);
      if (found) return found;
      throw new Error(`Nothing of the kind within ${timeoutMs} ms.${lastOf(await find({}))}`);
    },
    async until(check, timeoutMs = 5_000) {
      const onStir = (listener: () => void) => {
        const timer = setInterval(listener, LOOK_AGAIN_MS);
        const stop = onChange(listener);
        return () => {
          clearInterval(timer);
          stop();
        };
      };
      const found = await waitUntil(onStir, check, timeoutMs);
      if (found !== undefined) return found;
      throw new Error(`Nothing of the kind within ${timeoutMs} ms.`);
    },

    async fault(fault) {
      const { id } = await post<{ id: string }>('fault', fault);
      return () => act('unfault', { id });
    },
    limits: (limits) => act('limits', limits),
    async traffic() {
      return (await get<{ traffic: TrafficEntry[] }>('traffic')).traffic;
    },
    async deliveries() {
      return (await get<{ deliveries: Delivery[] }>('deliveries')).deliveries;
    },
    refreshSockets: (reason, app_id) => act('refresh-sockets', { reason, app_id }),
    cutSockets: (app_id) => act('cut-sockets', { app_id }),
    refuseConnections: (ms, app_id) => act('refuse-connections', { ms, app_id }),
    deliverTo: (delivery, app_id) =>
      act('deliver-to', { app_id, ...(delivery.mode === 'http' && { url: delivery.url }) }),
    verifyUrl: (app_id) => post<Verification>('verify-url', { app_id }),
    async connections(app_id) {
      return (await get<{ connections: number }>('connections', { app_id })).connections;
    },
    onChange,
  };
}

async function answerOf<T>(url: string, request: RequestInit = {}): Promise<T> {
  const response = await fetch(url, request).catch((cause: unknown) => {
    throw new Error(`No Slack look-alike answers at ${new URL(url).origin}.`, { cause });
  });
  const answer: unknown = await response.json().catch(() => undefined);
  const { ok, error, message, ...rest } = (answer ?? {}) as Record<string, unknown>;
  if (ok === true) return rest as T;
  if (typeof error !== 'string') throw new Error(`${url} is no Slack look-alike.`);
  const sentence = String(message ?? '').replace(`${error}: `, '');
  throw new Refusal(error, sentence && sentence !== error ? [sentence] : []);
}

const toQuery = (query: Record<string, string | undefined>) =>
  new URLSearchParams(
    Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

const toFindQuery = ({ matches, channel, thread_ts, user }: MessageQuery) => ({
  channel,
  thread_ts,
  user,
  ...(matches instanceof RegExp
    ? { pattern: matches.source, flags: matches.flags }
    : { text: matches }),
});

function lastOf(messages: Message[]): string {
  const last = messages.toSorted((a, b) => Number(a.ts) - Number(b.ts)).slice(-SHOWN_IN_ERROR);
  const lines = last.map(({ user, text }) => `  ${user}: ${text.slice(0, 200)}`);
  return `\nThe last messages were:\n${lines.join('\n')}`;
}

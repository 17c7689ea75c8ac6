import type { Activity } from './activity.ts';
import type { Control } from './control.ts';
import type { Change, Fault, Message, SayOptions } from './control-types.ts';
import { shownText } from './message-object.ts';
import type { Parts } from './parts.ts';
import { toChannel, toPerson } from './references.ts';

/** Which message a test waits for: any that passes the function, or one in a place whose shown text matches. */
export type MessageQuery =
  | ((message: Message) => boolean)
  | {
      /** An id, `#name`, or `@name` for that person's DM with the app. */
      channel: string;
      thread_ts?: string;
      /** Who wrote it: an id or `@name`; default: anybody. */
      user?: string;
      matches: string | RegExp;
    };

/** The control API for programs in the same process: what people do, what the app did, and how Slack may misbehave. */
export function openClient(parts: Parts, control: Control, activity: Activity) {
  const { workspace, faults, traffic, deliveryLog, sockets } = parts;
  return {
    say: (user: string, channel: string, text: string, more: SayOptions = {}) =>
      control.say({ user, channel, text, ...more }),
    edit: (user: string, channel: string, ts: string, text: string) =>
      control.edit({ user, channel, ts, text }),
    remove: (user: string, channel: string, ts: string) => control.remove({ user, channel, ts }),
    /** Resolves when the app has acked. @throws Refusal `operation_timeout`, `dispatch_failed`. */
    command: (user: string, channel: string, command: string, text = '') =>
      control.command({ user, channel, command, text }),
    /** Uses an element of a message. Resolves when the app has acked. */
    click: (user: string, channel: string, ts: string, action_id: string, value?: string) =>
      control.click({ user, channel, ts, action_id, ...(value !== undefined && { value }) }),
    /** Uses an element of a view. */
    clickView: (user: string, view_id: string, action_id: string, value?: string) =>
      control.click({ user, view_id, action_id, ...(value !== undefined && { value }) }),
    /** Resolves with the sentences of a refused input by `block_id`, or nothing. */
    submit: (
      user: string,
      view_id: string,
      values: Record<string, Record<string, string | string[] | null>>,
    ) => control.submit({ user, view_id, values }),
    closeView: (user: string, view_id: string) => control.closeView({ user, view_id }),
    react: (user: string, channel: string, ts: string, name: string, remove = false) =>
      control.react({ user, channel, ts, name, remove }),
    openHome: (user: string, tab: 'home' | 'messages' = 'home') => control.openHome({ user, tab }),
    join: (user: string, channel: string) => control.join({ user, channel }),
    leave: (user: string, channel: string) => control.join({ user, channel, leave: true }),
    messages: control.messages,
    state: control.state,

    /** Resolves with the first message that fits, there already or yet to come. @throws Error saying what was there instead. */
    waitFor: (query: MessageQuery, timeoutMs = 5_000): Promise<Message> =>
      activity.message(toTest(parts, query), timeoutMs),
    /** Resolves when `check` gives something; asked again after every change, call and delivery. */
    until: <T>(check: () => T | undefined | false, timeoutMs = 5_000): Promise<T> =>
      activity.until(check, timeoutMs),

    /** Makes calls fail; returns how to end that. */
    fault: (fault: Fault): (() => void) => {
      const id = faults.add(fault);
      return () => faults.remove(id);
    },
    /** Every Web API call, oldest first. */
    traffic: () => traffic.list(),
    /** Every payload to the app, oldest first. */
    deliveries: () => deliveryLog.list(),
    /** Asks every Socket Mode connection to come back anew, as Slack does about hourly. */
    refreshSockets: () => sockets.refresh(),
    /** Ends every connection without a word. */
    cutSockets: () => sockets.cut(),
    /** Refuses new connections for a while. */
    refuseConnections: (ms: number) => sockets.refuse(ms),
    /** How many Socket Mode connections are open. */
    connections: () => sockets.connections(),
    /** Calls `listener` after every change; returns how to stop that. */
    onChange: (listener: (change: Change) => void) => workspace.onChange(listener),
  };
}

function toTest({ workspace }: Parts, query: MessageQuery): (message: Message) => boolean {
  if (typeof query === 'function') return query;
  const { thread_ts, matches } = query;
  const channel = toChannel(workspace, query.channel).id;
  const user = query.user === undefined ? undefined : toPerson(workspace, query.user).id;
  const fits = (text: string) =>
    typeof matches === 'string' ? text.includes(matches) : text.search(matches) >= 0;
  return (message) =>
    message.channel === channel &&
    (!thread_ts || message.ts === thread_ts || message.thread_ts === thread_ts) &&
    (!user || message.user === user) &&
    (fits(shownText(message)) || fits(message.text));
}

import type { Control } from '../control/control.ts';
import type {
  AddPersonRequest,
  Change,
  ChannelRequest,
  ClickRequest,
  Fault,
  FileInfo,
  Limits,
  Message,
  MessageQuery,
  PersonRequest,
  Reply,
  SayOptions,
  SubmitRequest,
  SuggestRequest,
} from '../control-types.ts';
import type { DisconnectReason } from '../delivery/socket-mode.ts';
import type { Parts } from '../parts.ts';
import type { DeliveryMode } from '../workspace/installed-app.ts';
import type { Activity } from './activity.ts';
import { type AskOptions, completeReply } from './ask.ts';
import { toTest } from './find-messages.ts';
import { replyTo } from './reply-to.ts';
import type { Check } from './wait-until.ts';

type Values = SubmitRequest['values'];

/** Where an element stands: in a message (`channel` and `ts`) or a view. */
type Place = { channel: string; ts: string } | { view_id: string };

/** The control API for programs in the same process; `remote.ts` has the same calls over HTTP. */
export type Client = ReturnType<typeof openClient>;

/** What people do, what the apps did, and how Slack may misbehave. Calls throw Refusal with Slack's word for why not. */
export function openClient(parts: Parts, control: Control, activity: Activity) {
  const { workspace, apps, faults, traffic, deliveryLog } = parts;
  const use = (
    user: string,
    place: Place,
    action_id: string,
    value: ClickRequest['value'],
    values: Values | undefined,
  ) =>
    control.click({
      user,
      ...place,
      action_id,
      ...(value !== undefined && { value }),
      ...(values && { values }),
    });
  return {
    /** Returns the message's `ts`. */
    say: (user: string, channel: string, text: string, more: SayOptions = {}) =>
      control.say({ user, channel, text, ...more }),
    /** Says something and resolves with the apps' reply when it is complete. @throws Refusal `no_reply` after `timeoutMs`. */
    ask: async (
      user: string,
      channel: string,
      text: string,
      { settleMs, timeoutMs, until, ...more }: AskOptions = {},
    ): Promise<Reply> => {
      const ts = control.say({ user, channel, text, ...more });
      const asked = {
        reply: () => replyTo(parts, { user, channel, ts }),
        onStir: (listener: () => void) => activity.onStir(listener),
      };
      return completeReply(asked, {
        ...(settleMs !== undefined && { settleMs }),
        ...(timeoutMs !== undefined && { timeoutMs }),
        ...(until && { until }),
      });
    },
    edit: (user: string, channel: string, ts: string, text: string) =>
      control.edit({ user, channel, ts, text }),
    remove: (user: string, channel: string, ts: string) => control.remove({ user, channel, ts }),
    react: (user: string, channel: string, ts: string, name: string, remove = false) =>
      control.react({ user, channel, ts, name, remove }),
    /** Uploads a file that `say` can send by its id. Nobody sees it before. */
    upload: (user: string, name: string, content: string | Uint8Array): FileInfo =>
      control.upload({ user, name }, Buffer.from(content)),

    /** Resolves when the app has acked. @throws Refusal `operation_timeout`, `dispatch_failed`. */
    command: (user: string, channel: string, command: string, text = '') =>
      control.command({ user, channel, command, text }),
    /** Uses an element of a message. Resolves when the app has acked. */
    click: (
      user: string,
      channel: string,
      ts: string,
      action_id: string,
      value?: ClickRequest['value'],
      values?: Values,
    ) => use(user, { channel, ts }, action_id, value, values),
    /** Uses an element of a view. */
    clickView: (
      user: string,
      view_id: string,
      action_id: string,
      value?: ClickRequest['value'],
      values?: Values,
    ) => use(user, { view_id }, action_id, value, values),
    /** What an external select offers for what was typed. */
    suggest: (
      user: string,
      place: Place,
      action_id: string,
      value: string,
      more: Pick<SuggestRequest, 'block_id'> = {},
    ) => control.suggest({ user, action_id, value, ...place, ...more }),
    /** Uses a shortcut: on a message, or everywhere. Resolves when the app has acked. */
    shortcut: (user: string, callback_id: string, message?: { channel: string; ts: string }) =>
      control.shortcut({ user, callback_id, ...message }),
    /** Resolves with the sentences of a refused input by `block_id`, or nothing. */
    submit: (user: string, view_id: string, values: Values) =>
      control.submit({ user, view_id, values }),
    /** `all`: by the cross, which closes everything below as well. */
    closeView: (user: string, view_id: string, all = false) =>
      control.closeView({ user, view_id, all }),
    openHome: (user: string, tab: 'home' | 'messages' = 'home', app_id?: string) =>
      control.openHome({ user, tab, ...(app_id !== undefined && { app_id }) }),
    /** Slack's Stop button below a thread. */
    stop: (user: string, channel: string, thread_ts: string) =>
      control.stop({ user, channel, thread_ts }),

    join: (user: string, channel: string) => control.join({ user, channel }),
    leave: (user: string, channel: string) => control.join({ user, channel, leave: true }),
    /** Returns the channel's id. */
    openDm: (user: string, ...others: string[]) => control.openDm({ user, others }),
    /** Returns the channel's id. */
    createChannel: (user: string, name: string, options: { private?: boolean } = {}) =>
      control.createChannel({ user, name, ...options }),
    /** Archives, converts or shares a channel. */
    channel: (user: string, channel: string, action: ChannelRequest['action']) =>
      control.channel({ user, channel, action }),
    /** Uninstalls an app or brings it back. */
    app: (app_id: string, action: 'uninstall' | 'install') => control.app({ app_id, action }),
    /** Makes somebody a guest or a full member, deactivates them or brings them back. */
    person: (user: string, what: Omit<PersonRequest, 'user'>) => control.person({ user, ...what }),
    /** Somebody new joins the workspace. Returns their id. */
    addPerson: (who: AddPersonRequest) => control.addPerson(who),

    messages: control.messages,
    state: control.state,

    /** Resolves with the first message that fits, there already or yet to come. @throws Error saying what was there instead. */
    waitFor: (
      query: MessageQuery | ((message: Message) => boolean),
      timeoutMs = 5_000,
    ): Promise<Message> =>
      activity.message(typeof query === 'function' ? query : toTest(parts, query), timeoutMs),
    /** Resolves when `check` gives something; asked again after every change, call and delivery. */
    until: <T>(check: Check<T>, timeoutMs = 5_000): Promise<T> => activity.until(check, timeoutMs),

    /** Makes calls fail; returns how to end that. */
    fault: (fault: Fault): (() => void) => {
      const id = faults.add(fault);
      return () => faults.remove(id);
    },
    /** Switches limits on or off. */
    limits: (limits: Partial<Limits>) => control.limits(limits),
    /** Every Web API call, oldest first. */
    traffic: () => traffic.list(),
    /** Every payload to the apps, oldest first. */
    deliveries: () => deliveryLog.list(),
    /** Asks every Socket Mode connection of an app (default: the first) to come back anew, as Slack does about hourly. */
    refreshSockets: (reason?: DisconnectReason, app_id?: string) =>
      apps.byId(app_id).sockets.disconnect(reason),
    /** Ends every connection without a word. */
    cutSockets: (app_id?: string) => apps.byId(app_id).sockets.cut(),
    /** Refuses new connections for a while. */
    refuseConnections: (ms: number, app_id?: string) => apps.byId(app_id).sockets.refuse(ms),
    /** Changes how an app (default: the first) is reached, e.g. once its port is known. */
    deliverTo: (delivery: DeliveryMode, app_id?: string) => apps.byId(app_id).deliverTo(delivery),
    /** Slack's handshakes with an HTTP app. Both fail in Socket Mode. */
    verifyUrl: (app_id?: string) => apps.byId(app_id).verifyUrl(),
    /** How many Socket Mode connections are open. */
    connections: (app_id?: string) => apps.byId(app_id).sockets.connections(),
    /** Calls `listener` after every change; returns how to stop that. */
    onChange: (listener: (change: Change) => void) => workspace.onChange(listener),
  };
}

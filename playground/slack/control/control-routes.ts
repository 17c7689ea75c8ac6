import { z } from 'zod';
import type { Client } from '../client/client.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { Control } from './control.ts';

const user = z.string().min(1);
const channel = z.string().min(1);
const ts = z.string().min(1);
const picked = z.union([z.string(), z.array(z.string())]);
const values = z.record(z.string(), z.record(z.string(), picked.nullable()));
const httpUrl = z.url({ protocol: /^https?$/ });

const element = {
  user,
  channel: channel.exactOptional(),
  ts: ts.exactOptional(),
  view_id: z.string().exactOptional(),
  action_id: z.string(),
  block_id: z.string().exactOptional(),
};

const say = z.object({
  user,
  channel,
  text: z.string(),
  thread_ts: ts.exactOptional(),
  files: z
    .array(
      z.object({
        name: z.string().min(1),
        content: z.string(),
        encoding: z.enum(['utf8', 'base64']).exactOptional(),
      }),
    )
    .exactOptional(),
  file_ids: z.array(z.string()).exactOptional(),
  twinOrder: z
    .enum(['mention-first', 'message-first', 'mention-only', 'message-only'])
    .exactOptional(),
  deliverTwice: z.boolean().exactOptional(),
});

const flag = z.boolean().exactOptional();
const limits = z.strictObject({
  rates: flag,
  scopes: flag,
  deadlines: flag,
  sizes: flag,
  blocks: flag,
});

const channelChange = z.object({
  user,
  channel,
  action: z.enum([
    'archive',
    'unarchive',
    'make-private',
    'make-public',
    'share',
    'unshare',
    'rename',
    'set-topic',
    'set-purpose',
    'delete',
  ]),
  value: z.string().exactOptional(),
});

const newPerson = z.object({
  name: z.string(),
  real_name: z.string().exactOptional(),
  tz: z.string().exactOptional(),
  is_restricted: flag,
});

const ask = say.extend({
  settleMs: z.number().min(0).max(60_000).exactOptional(),
  timeoutMs: z.number().min(0).max(600_000).exactOptional(),
});

const fault = z.strictObject({
  method: z.string().min(1),
  app_id: z.string().exactOptional(),
  share: z.number().min(0).max(1).exactOptional(),
  count: z.number().int().min(1).exactOptional(),
  status: z.number().int().min(400).max(599).exactOptional(),
  retryAfter: z.number().int().min(0).exactOptional(),
  delayMs: z.number().min(0).max(86_400_000).exactOptional(),
  hang: z.boolean().exactOptional(),
  lostReply: z.boolean().exactOptional(),
  error: z.string().exactOptional(),
});

type Result = Record<string, unknown> | undefined;
type Route = (body: unknown) => Result | Promise<Result>;

/** What `POST /control/<name>` does with its JSON body. Each throws Refusal for a body of another shape. */
export function controlRoutes(
  parts: Parts,
  control: Control,
  client: Client,
): Record<string, Route> {
  const { apps, faults } = parts;
  const app_id = z.string().exactOptional();
  return {
    say: on(say, (request) => ({ ts: control.say(request) })),
    ask: on(ask, async ({ user, channel, text, ...more }) => ({
      ...(await client.ask(user, channel, text, more)),
    })),
    edit: on(z.object({ user, channel, ts, text: z.string() }), (request) => control.edit(request)),
    remove: on(z.object({ user, channel, ts }), (request) => control.remove(request)),
    command: on(z.object({ user, channel, command: z.string(), text: z.string() }), (request) =>
      control.command(request),
    ),
    click: on(
      z.object({
        ...element,
        value: picked.exactOptional(),
        values: values.exactOptional(),
      }),
      (request) => control.click(request),
    ),
    shortcut: on(
      z.object({
        user,
        callback_id: z.string().min(1),
        app_id: z.string().exactOptional(),
        channel: channel.exactOptional(),
        ts: ts.exactOptional(),
      }),
      (request) => control.shortcut(request),
    ),
    suggest: on(
      z.object({
        ...element,
        value: z.string(),
      }),
      async (request) => ({ ...(await control.suggest(request)) }),
    ),
    submit: on(
      z.object({
        user,
        view_id: z.string(),
        values,
      }),
      async (request) => {
        const errors = await control.submit(request);
        return errors && { errors };
      },
    ),
    'close-view': on(
      z.object({ user, view_id: z.string(), all: z.boolean().exactOptional() }),
      (request) => control.closeView(request),
    ),
    react: on(
      z.object({ user, channel, ts, name: z.string().min(1), remove: z.boolean().exactOptional() }),
      (request) => control.react(request),
    ),
    stop: on(z.object({ user, channel, thread_ts: ts }), (request) => control.stop(request)),
    'open-home': on(
      z.object({ user, app_id, tab: z.enum(['home', 'messages']).exactOptional() }),
      (request) => control.openHome(request),
    ),
    join: on(z.object({ user, channel, leave: flag, by: user.exactOptional() }), (request) =>
      control.join(request),
    ),
    'open-dm': on(z.object({ user, others: z.array(user) }), (request) => ({
      channel: control.openDm(request),
    })),
    'create-channel': on(z.object({ user, name: z.string(), private: flag }), (request) => ({
      channel: control.createChannel(request),
    })),
    channel: on(channelChange, (request) => control.channel(request)),
    app: on(z.object({ app_id: z.string(), action: z.enum(['uninstall', 'install']) }), (request) =>
      control.app(request),
    ),
    person: on(
      z.object({ user, is_restricted: flag, deleted: flag, title: z.string().exactOptional() }),
      (request) => control.person(request),
    ),
    'add-person': on(newPerson, (request) => ({ user: control.addPerson(request) })),
    limits: on(limits, (request) => control.limits(request)),
    fault: on(fault, (request) => ({ id: faults.add(request) })),
    unfault: on(z.object({ id: z.string().exactOptional() }), ({ id }) => faults.remove(id)),
    'refresh-sockets': on(
      z.object({
        app_id,
        reason: z.enum(['warning', 'refresh_requested', 'link_disabled']).exactOptional(),
      }),
      (request) => apps.byId(request.app_id).sockets.disconnect(request.reason),
    ),
    'cut-sockets': on(z.object({ app_id }), (request) => apps.byId(request.app_id).sockets.cut()),
    'refuse-connections': on(z.object({ app_id, ms: z.number().min(0) }), (request) =>
      apps.byId(request.app_id).sockets.refuse(request.ms),
    ),
    'deliver-to': on(z.object({ app_id, url: httpUrl.exactOptional() }), ({ app_id: id, url }) =>
      apps.byId(id).deliverTo(url === undefined ? { mode: 'socket' } : { mode: 'http', url }),
    ),
    'verify-url': on(z.object({ app_id }), async (request) => ({
      ...(await apps.byId(request.app_id).verifyUrl()),
    })),
  };
}

function on<S extends z.ZodType>(
  schema: S,
  run: (request: z.infer<S>) => Result | Promise<Result> | void | Promise<void>,
): Route {
  return async (body) => {
    const parsed = schema.safeParse(body);
    if (parsed.success) return (await run(parsed.data)) ?? undefined;
    const [issue] = parsed.error.issues;
    const place = issue?.path.join('.');
    throw new Refusal('invalid_arguments', [`${place ? `${place}: ` : ''}${issue?.message}`]);
  };
}

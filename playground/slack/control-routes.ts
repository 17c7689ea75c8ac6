import { z } from 'zod';
import type { Control } from './control.ts';
import type { Parts } from './parts.ts';
import { Refusal } from './refusal.ts';

const user = z.string().min(1);
const channel = z.string().min(1);
const ts = z.string().min(1);
const picked = z.union([z.string(), z.array(z.string())]);

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
  twinOrder: z
    .enum(['mention-first', 'message-first', 'mention-only', 'message-only'])
    .exactOptional(),
  deliverTwice: z.boolean().exactOptional(),
});

const fault = z.object({
  method: z.string().min(1),
  share: z.number().min(0).max(1).exactOptional(),
  count: z.number().int().min(1).exactOptional(),
  status: z.number().int().min(400).max(599).exactOptional(),
  retryAfter: z.number().int().min(0).exactOptional(),
  delayMs: z.number().min(0).exactOptional(),
  hang: z.boolean().exactOptional(),
  lostReply: z.boolean().exactOptional(),
  error: z.string().exactOptional(),
});

type Result = Record<string, unknown> | undefined;
type Route = (body: unknown) => Result | Promise<Result>;

/** What `POST /control/<name>` does with its JSON body. Each throws Refusal for a body of another shape. */
export function controlRoutes(parts: Parts, control: Control): Record<string, Route> {
  const { sockets, faults } = parts;
  return {
    say: on(say, (request) => ({ ts: control.say(request) })),
    edit: on(z.object({ user, channel, ts, text: z.string() }), (request) => control.edit(request)),
    remove: on(z.object({ user, channel, ts }), (request) => control.remove(request)),
    command: on(z.object({ user, channel, command: z.string(), text: z.string() }), (request) =>
      control.command(request),
    ),
    click: on(
      z.object({
        user,
        channel: channel.exactOptional(),
        ts: ts.exactOptional(),
        view_id: z.string().exactOptional(),
        action_id: z.string(),
        block_id: z.string().exactOptional(),
        value: picked.exactOptional(),
      }),
      (request) => control.click(request),
    ),
    submit: on(
      z.object({
        user,
        view_id: z.string(),
        values: z.record(z.string(), z.record(z.string(), picked.nullable())),
      }),
      async (request) => {
        const errors = await control.submit(request);
        return errors && { errors };
      },
    ),
    'close-view': on(z.object({ user, view_id: z.string() }), (request) =>
      control.closeView(request),
    ),
    react: on(
      z.object({ user, channel, ts, name: z.string().min(1), remove: z.boolean().exactOptional() }),
      (request) => control.react(request),
    ),
    'open-home': on(
      z.object({ user, tab: z.enum(['home', 'messages']).exactOptional() }),
      (request) => control.openHome(request),
    ),
    join: on(z.object({ user, channel, leave: z.boolean().exactOptional() }), (request) =>
      control.join(request),
    ),
    fault: on(fault, (request) => ({ id: faults.add(request) })),
    unfault: on(z.object({ id: z.string().exactOptional() }), ({ id }) => faults.remove(id)),
    'refresh-sockets': on(z.object({}), () => sockets.refresh()),
    'cut-sockets': on(z.object({}), () => sockets.cut()),
    'refuse-connections': on(z.object({ ms: z.number().min(0) }), ({ ms }) => sockets.refuse(ms)),
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
    throw new Refusal('invalid_arguments', [`${issue?.path.join('.')}: ${issue?.message}`]);
  };
}

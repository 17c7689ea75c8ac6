import { type Args, isRecord } from '../args.ts';
import type { Limits, SuggestedPrompts } from '../control-types.ts';
import type { ThreadOfApp } from '../messages/agent-sessions.ts';
import type { Method, Methods, Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';

const MAX_LOADING_MESSAGES = 10;
const MAX_LOADING_CHARS = 50;
const MAX_PROMPTS = 4;

const setStatus: Method = ({ workspace, limits }, args, app) => {
  const thread = threadOfApp(workspace, args, app);
  const messages = loadingMessages(args, limits);
  const status = args.text('status');
  if (status === undefined)
    throw new Refusal('invalid_arguments', ['missing required field: status']);
  workspace.sessions.setStatus(thread, status, messages);
  return {};
};

const setTitle: Method = ({ workspace }, args, app) => {
  const thread = threadOfApp(workspace, args, app);
  workspace.sessions.rename(thread, args.required('title'));
  return {};
};

const setSuggestedPrompts: Method = ({ workspace, prompts, limits }, args, app) => {
  if (!app.manifest.agent) throw new Refusal('not_agent_app');
  const channel = workspace.channelOfApp(app, args.text('channel_id')).id;
  // Apps with the Messages tab of agents suggest at its top; there is no thread yet.
  const thread = args.has('thread_ts') && threadOfApp(workspace, args, app);
  const title = args.text('title');
  prompts.set({
    app_id: app.id,
    channel,
    ...(thread && { thread_ts: thread.thread_ts }),
    ...(title && { title }),
    prompts: readPrompts(args, limits),
  });
  return {};
};

/** The methods of 2024's assistants. An older Slack answers `unknown_method` to all of them. */
export const assistantMethods: Methods = {
  'assistant.threads.setStatus': setStatus,
  'assistant.threads.setTitle': setTitle,
  'assistant.threads.setSuggestedPrompts': setSuggestedPrompts,
};

/** The thread that `channel_id` and `thread_ts` name. @throws Refusal `channel_not_found`, `not_in_channel`, `invalid_thread_ts`. */
export function threadOfApp(
  workspace: Parts['workspace'],
  args: Args,
  app: InstalledApp,
): ThreadOfApp {
  const channel = workspace.channelOfApp(app, args.text('channel_id')).id;
  const thread_ts = args.required('thread_ts');
  if (workspace.thread(channel, thread_ts)[0]?.ts !== thread_ts)
    throw new Refusal('invalid_thread_ts');
  return { app_id: app.id, channel, thread_ts };
}

function loadingMessages(args: Args, limits: Limits): string[] {
  const value = args.json('loading_messages') ?? [];
  const fits = (one: unknown) =>
    typeof one === 'string' &&
    (!limits.sizes || (one.length >= 1 && one.length <= MAX_LOADING_CHARS));
  if (!Array.isArray(value) || !value.every(fits))
    throw new Refusal('invalid_arguments', [
      'loading_messages takes strings of 1 to 50 characters',
    ]);
  if (limits.sizes && value.length > MAX_LOADING_MESSAGES)
    throw new Refusal('invalid_arguments', ['loading_messages takes up to 10 strings']);
  return value as string[];
}

function readPrompts(args: Args, limits: Limits): SuggestedPrompts['prompts'] {
  const value = args.json('prompts');
  if (!Array.isArray(value) || (limits.sizes && value.length > MAX_PROMPTS))
    throw new Refusal('invalid_arguments', ['prompts takes up to 4 objects']);
  return value.map((one: unknown) => {
    if (isRecord(one) && typeof one.title === 'string' && typeof one.message === 'string')
      if (one.title && one.message) return { title: one.title, message: one.message };
    throw new Refusal('invalid_arguments', ['a prompt takes a title and a message']);
  });
}

import { type Args, isRecord } from '../args.ts';
import type { Channel } from '../control-types.ts';
import type { Method, Methods, Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';

const MAX_LOADING_MESSAGES = 10;
const MAX_PROMPTS = 4;
const sessionStatuses = ['processing', 'active', 'suspended', 'closed'];

const setStatus: Method = (parts, args) => {
  const { channel, thread_ts } = thread(parts, args);
  const messages = args.json('loading_messages') ?? [];
  if (!Array.isArray(messages) || messages.length > MAX_LOADING_MESSAGES)
    throw new Refusal('invalid_arguments', ['loading_messages takes up to 10 strings']);
  const status = args.text('status');
  if (status === undefined)
    throw new Refusal('invalid_arguments', ['missing required field: status']);
  parts.workspace.setStatus(channel.id, thread_ts, status, messages.map(String));
  return {};
};

const setTitle: Method = (parts, args) => {
  thread(parts, args);
  args.required('title');
  return {};
};

const setSuggestedPrompts: Method = (parts, args) => {
  if (!parts.manifest.agent) throw new Refusal('not_agent_app');
  parts.workspace.channelOfApp(args.text('channel_id'));
  const prompts = args.json('prompts');
  if (!Array.isArray(prompts) || prompts.length > MAX_PROMPTS || !prompts.every(isRecord))
    throw new Refusal('invalid_arguments', ['prompts takes up to 4 objects']);
  return {};
};

const setSessionStatus: Method = (parts, args) => {
  if (!parts.manifest.agent) throw new Refusal('feature_disabled');
  const { channel, thread_ts } = thread(parts, args);
  const status = args.text('status') ?? '';
  if (!sessionStatuses.includes(status)) throw new Refusal('invalid_status');
  const shown = status === 'processing' ? 'is working…' : '';
  parts.workspace.setStatus(channel.id, thread_ts, shown, []);
  return {};
};

/** The optional, newer methods: an older Slack answers `unknown_method` to all of them. */
export const assistantMethods: Methods = {
  'assistant.threads.setStatus': setStatus,
  'assistant.threads.setTitle': setTitle,
  'assistant.threads.setSuggestedPrompts': setSuggestedPrompts,
  'agents.sessions.setStatus': setSessionStatus,
};

function thread({ workspace }: Parts, args: Args): { channel: Channel; thread_ts: string } {
  const channel = workspace.channelOfApp(args.text('channel_id'));
  const thread_ts = args.required('thread_ts');
  if (workspace.thread(channel.id, thread_ts).length === 0) throw new Refusal('invalid_thread_ts');
  return { channel, thread_ts };
}

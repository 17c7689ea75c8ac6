import type { Args } from '../args.ts';
import { checkBlocks } from '../blocks/blocks.ts';
import type { Channel, Limits } from '../control-types.ts';
import type { SessionState } from '../messages/agent-sessions.ts';
import { authorshipOf } from '../messages/authorship.ts';
import { readMetadata } from '../messages/message-content.ts';
import { toApiMessage } from '../messages/message-object.ts';
import { readChunks } from '../messages/stream-chunks.ts';
import { addChunks, type TaskDisplay } from '../messages/stream-content.ts';
import type { Stream } from '../messages/streams.ts';
import { writableChannel } from '../messages/writable-channel.ts';
import type { Method, Methods, Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';
import { readSessionState } from './agents.ts';

const MAX_LAST_BLOCKS = 50;

const startStream: Method = (parts, args, app) => {
  const channel = writableChannel(parts, args, app);
  const thread_ts = readThread(parts, args, channel);
  const recipient = readRecipient(parts, args, channel);
  const display = readDisplay(args);
  const { chunks, mode } = readChunks(args, parts.limits);
  const content = addChunks([], chunks, parts.limits);
  const draft = { channel: channel.id, ...authorshipOf(parts, args, app), thread_ts };
  const { ts } = parts.streams.open(app, draft, { mode, content, display, recipient });
  setSession(parts, app, { channel: channel.id, thread_ts }, 'processing');
  return { channel: channel.id, ts };
};

const appendStream: Method = (parts, args, app) => {
  const channel = writableChannel(parts, args, app).id;
  const stream = parts.streams.find(app, channel, args.text('ts'));
  if (stream.stopped) throw new Refusal('stopped_by_user');
  const said = addTo(stream, args, parts.limits);
  if (!said) throw new Refusal('no_text');
  parts.streams.write(stream);
  return { channel, ts: stream.ts };
};

/** Also takes the end of a stream that a person stopped: a guess, since apps are told to end those so. */
const stopStream: Method = (parts, args, app) => {
  const channel = writableChannel(parts, args, app).id;
  const stream = parts.streams.find(app, channel, args.text('ts'));
  const state = readSessionState(args.text('session_status') || 'active');
  const blocks = readLastBlocks(args, parts.limits);
  const metadata = readMetadata(args);
  addTo(stream, args, parts.limits);
  const message = parts.streams.end(stream, { blocks, ...(metadata && { metadata }) });
  setSession(parts, app, stream, state);
  return { channel, ts: stream.ts, message: toApiMessage(message) };
};

/** Messages that grow while people read. An older Slack answers `unknown_method` to all of them. */
export const streamingMethods: Methods = {
  'chat.startStream': startStream,
  'chat.appendStream': appendStream,
  'chat.stopStream': stopStream,
};

/** Whether the call said something. @throws Refusal `streaming_mode_mismatch`, and as `readChunks` and `addChunks`. */
function addTo(stream: Stream, args: Args, limits: Limits): boolean {
  const { chunks, mode } = readChunks(args, limits);
  if (mode && stream.mode && mode !== stream.mode) throw new Refusal('streaming_mode_mismatch');
  stream.content = addChunks(stream.content, chunks, limits);
  stream.mode ??= mode;
  return chunks.length > 0;
}

/** Streams are replies, in DMs too. @throws Refusal `invalid_thread_ts`. */
function readThread({ workspace }: Parts, args: Args, channel: Channel): string {
  const thread_ts = args.text('thread_ts');
  if (!thread_ts || workspace.thread(channel.id, thread_ts)[0]?.ts !== thread_ts)
    throw new Refusal('invalid_thread_ts');
  return thread_ts;
}

/** Who sees a stream grow; in a DM that is everybody. @throws Refusal `missing_recipient_…`, `user_not_found`, `team_access_not_granted`. */
function readRecipient({ workspace }: Parts, args: Args, { kind }: Channel): string | undefined {
  const team = args.text('recipient_team_id');
  const user = args.text('recipient_user_id');
  if (kind === 'direct' && !user) return undefined;
  if (!team) throw new Refusal('missing_recipient_team_id');
  if (!user) throw new Refusal('missing_recipient_user_id');
  if (workspace.person(user).team_id !== team) throw new Refusal('team_access_not_granted');
  return kind === 'direct' ? undefined : user;
}

/** `dense` is drawn as a timeline. */
function readDisplay(args: Args): TaskDisplay {
  const mode = args.text('task_display_mode') || 'timeline';
  if (!['timeline', 'plan', 'dense'].includes(mode))
    throw new Refusal('invalid_arguments', ['task_display_mode is timeline or plan']);
  return mode === 'plan' ? 'plan' : 'timeline';
}

function readLastBlocks(args: Args, limits: Limits) {
  const value = args.json('blocks', 'invalid_blocks_format') ?? [];
  if (limits.blocks && Array.isArray(value) && value.length > MAX_LAST_BLOCKS)
    throw new Refusal('msg_blocks_too_many');
  return checkBlocks(value, limits);
}

/** Only agents have sessions; others stream without. */
function setSession(
  { workspace }: Parts,
  app: InstalledApp,
  { channel, thread_ts }: { channel: string; thread_ts: string },
  state: SessionState,
): void {
  if (app.manifest.agent)
    workspace.sessions.setState({ app_id: app.id, channel, thread_ts }, state);
}

import type { Limits, Message } from '../control-types.ts';
import type { Announcer } from '../delivery/events.ts';
import { Refusal } from '../refusal.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';
import type { Draft, Workspace } from '../workspace/workspace.ts';
import type { StreamingMode } from './stream-chunks.ts';
import {
  endTasks,
  type StreamContent,
  type TaskDisplay,
  textOf,
  toBlocks,
} from './stream-content.ts';

export interface StreamsOptions {
  workspace: Workspace;
  announcer: Announcer;
  limits: Limits;
  /** How long a stream may be open, whatever is appended, while Slack keeps its deadlines. Milliseconds. */
  lifetimeMs: number;
}

/** A message while it is streamed. */
export interface Stream {
  readonly app: InstalledApp;
  readonly channel: string;
  readonly ts: string;
  readonly thread_ts: string;
  readonly display: TaskDisplay;
  /** In a channel the one person who sees it grow. */
  readonly recipient: string | undefined;
  /** What everybody else sees until it ends. */
  readonly first: Message;
  readonly timer: NodeJS.Timeout;
  /** Not set before something was said. */
  mode: StreamingMode | undefined;
  content: StreamContent;
  /** Somebody pressed Stop: nothing more is taken but its end. */
  stopped: boolean;
}

/** The messages that apps are streaming. Each ends by itself after its time, and its app's session with it. */
export class Streams {
  readonly #options: StreamsOptions;
  readonly #streams = new Map<string, Stream>();

  constructor(options: StreamsOptions) {
    this.#options = options;
    options.workspace.onChange((change) => {
      const deleted = change.type === 'message-deleted' && this.#streams.get(keyOf(change));
      if (deleted) this.#forget(deleted);
    });
  }

  /** Posts the first words of a stream. */
  open(
    app: InstalledApp,
    draft: Omit<Draft, 'text' | 'thread_ts'> & { thread_ts: string },
    start: Pick<Stream, 'mode' | 'content' | 'display' | 'recipient'>,
  ): Message {
    const { workspace, announcer, lifetimeMs } = this.#options;
    const message = workspace.post({
      ...draft,
      ...shown(start),
      streaming_state: 'in_progress',
    });
    const { channel, ts } = message;
    const timer = setTimeout(() => this.#expire(stream), lifetimeMs).unref();
    const { thread_ts } = draft;
    const more = { app, channel, ts, thread_ts, first: message, timer, stopped: false };
    const stream: Stream = { ...start, ...more };
    this.#streams.set(keyOf(message), stream);
    announcer.posted(message);
    return message;
  }

  /** An open stream of the app. @throws Refusal `message_not_found`, `message_not_owned_by_app`, `message_not_in_streaming_state`. */
  find(app: InstalledApp, channel: string, ts: string | undefined): Stream {
    const message = this.#options.workspace.message(channel, ts);
    if (message.bot_id !== app.bot_id) throw new Refusal('message_not_owned_by_app');
    const stream = this.#streams.get(keyOf(message));
    if (!stream) throw new Refusal('message_not_in_streaming_state');
    return stream;
  }

  /** Shows what the content has become. Apps hear nothing of it before the end: a guess. */
  write(stream: Stream): void {
    this.#options.workspace.change(stream.channel, stream.ts, shown(stream));
  }

  /** Ends a stream; `blocks` come last. */
  end(stream: Stream, last: Pick<Message, 'blocks' | 'metadata'>): Message {
    this.#forget(stream);
    return this.#close(stream, 'completed', last);
  }

  /** Somebody pressed Stop in a thread: the app's streams there take no more. Returns their `ts`. */
  stopInThread(app: InstalledApp, channel: string, thread_ts: string): string[] {
    const open = this.openIn(channel, thread_ts).filter((stream) => stream.app === app);
    for (const stream of open) {
      stream.stopped = true;
      this.#close(stream, 'completed');
    }
    return open.map(({ ts }) => ts);
  }

  /** Those in a thread that nobody has stopped. */
  openIn(channel: string, thread_ts: string): Stream[] {
    return [...this.#streams.values()].filter(
      (one) => one.channel === channel && one.thread_ts === thread_ts && !one.stopped,
    );
  }

  /** A message as a person sees it now: in channels only the recipient sees it grow. */
  seenBy(message: Message, viewer: string): Message {
    const stream =
      message.streaming_state === 'in_progress' ? this.#streams.get(keyOf(message)) : undefined;
    if (!stream?.recipient || stream.recipient === viewer) return message;
    const { text, blocks } = stream.first;
    const { blocks: _, ...rest } = message;
    return { ...rest, text, ...(blocks && { blocks }) };
  }

  #expire(stream: Stream): void {
    const { limits, workspace } = this.#options;
    if (!limits.deadlines) return;
    const { sessions } = workspace;
    const { app, channel, thread_ts } = stream;
    this.#forget(stream);
    if (stream.stopped) return;
    this.#close(stream, 'errored');
    const thread = { app_id: app.id, channel, thread_ts };
    if (sessions.find(thread)?.state === 'processing') sessions.setState(thread, 'active');
  }

  /** Shows the whole to everybody. Tasks that are not done never will be. */
  #close(
    stream: Stream,
    streaming_state: 'completed' | 'errored',
    { blocks = [], ...more }: Pick<Message, 'blocks' | 'metadata'> = {},
  ): Message {
    const { workspace, announcer } = this.#options;
    stream.content = endTasks(stream.content);
    const previous = workspace.message(stream.channel, stream.ts);
    const { text, blocks: streamed = [] } = shown(stream);
    const all = [...streamed, ...blocks];
    const message = workspace.change(stream.channel, stream.ts, {
      ...more,
      text,
      blocks: all.length > 0 ? all : undefined,
      streaming_state,
    });
    announcer.changed(previous, message);
    return message;
  }

  #forget(stream: Stream): void {
    clearTimeout(stream.timer);
    this.#streams.delete(keyOf(stream));
  }
}

const keyOf = ({ channel, ts }: { channel: string; ts: string }) => `${channel} ${ts}`;

function shown({ content, display }: Pick<Stream, 'content' | 'display'>) {
  const blocks = toBlocks(content, display);
  return { text: textOf(content), ...(blocks.length > 0 && { blocks }) };
}

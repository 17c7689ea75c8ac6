import Anthropic, { APIError, type ClientOptions } from '@anthropic-ai/sdk';
import { StartError } from '../errors.ts';
import type { Log } from '../log.ts';
import { type AssistantTurn, endsUnreadable, toAssistantTurn } from './assistant-turn.ts';
import { isPassing, isSpendLimit, type ModelFault, toModelError } from './model-error.ts';
import { type ModelRequest, toRequestBody, withoutThinking } from './model-request.ts';
import { pause } from './pause.ts';

export interface StreamListeners {
  signal: AbortSignal;
  onText(text: string): void;
  onThinking(text: string): void;
  /** The reply broke off and is asked for again: what was streamed of it is void. */
  onRestart(reason: string): void;
}

export interface Claude {
  readonly model: string;
  /**
   * Whether key and model work, asked once at start.
   *
   * @throws StartError naming ANTHROPIC_API_KEY or ANTHROPIC_MODEL. A Claude out of reach is only logged.
   */
  verify(): Promise<void>;
  /**
   * One model call, streamed.
   *
   * @throws UserError or UpstreamError with an honest sentence; ContextExceeded; the signal's reason as soon as it fires.
   */
  stream(request: ModelRequest, listeners: StreamListeners): Promise<AssistantTurn>;
}

export interface ClaudeOptions {
  apiKey: string;
  model: string;
  /** Default: Anthropic's own. */
  baseUrl?: string | undefined;
  log: Log;
  /** Longest wait for the response to begin. */
  headersMs?: number;
  /** Longest silence within a response; while the model thinks, events are rarer. */
  silenceMs?: number;
  thinkingSilenceMs?: number;
  /** Waits before the tries after a broken stream: their number is the number of tries. */
  retryMs?: number[];
}

/** The only door to Claude: nothing else imports its SDK. */
export function openClaude(options: ClaudeOptions): Claude {
  const { model, log, headersMs = 60_000, retryMs = [1_000, 3_000, 9_000] } = options;
  const client = new Anthropic({
    apiKey: options.apiKey,
    baseURL: options.baseUrl ?? null,
    maxRetries: 2,
    timeout: headersMs,
    middleware: [refuseLongWaits],
    // The SDK's own log lines may carry message text.
    logLevel: 'off',
    openTelemetry: false,
  });

  async function stream(request: ModelRequest, listeners: StreamListeners): Promise<AssistantTurn> {
    let messages = request.messages;
    for (let tries = 0; ; ) {
      try {
        return await attempt(
          client,
          toRequestBody(model, { ...request, messages }),
          options,
          listeners,
        );
      } catch (error) {
        listeners.signal.throwIfAborted();
        const { begun, fault, cause } = error as BrokenStream;
        if (isForeignThinking(fault) && messages === request.messages) {
          messages = withoutThinking(messages);
          continue;
        }
        const wait = retryMs[tries++];
        // Before the first byte the SDK has already tried again.
        if (!begun || !isPassing(fault) || wait === undefined) throw toModelError(fault, cause);
        log.warn({ type: fault.type, status: fault.status, tries }, 'the model broke off');
        listeners.onRestart(
          fault.type === 'overloaded_error' ? 'Claude is overloaded' : 'the connection broke',
        );
        await pause(wait * (0.75 + Math.random() / 2), listeners.signal);
      }
    }
  }

  return { model, verify: () => verify(client, model, log), stream };
}

/** A call that failed: in what state, and why. */
class BrokenStream extends Error {
  readonly begun: boolean;
  readonly fault: ModelFault;

  constructor(begun: boolean, fault: ModelFault, cause: unknown) {
    super(fault.message, { cause });
    this.begun = begun;
    this.fault = fault;
  }
}

async function attempt(
  client: Anthropic,
  body: ReturnType<typeof toRequestBody>,
  { silenceMs = 60_000, thinkingSilenceMs = 180_000 }: ClaudeOptions,
  { signal, onText, onThinking }: StreamListeners,
): Promise<AssistantTurn> {
  signal.throwIfAborted();
  const stream = client.messages.stream(body as Anthropic.MessageStreamParams);
  const abort = () => stream.abort();
  signal.addEventListener('abort', abort, { once: true });

  // The SDK's timeout ends with the headers: a stream that stalls later would hang for ever.
  let begun = false;
  let stalled = false;
  let watchdog: NodeJS.Timeout | undefined;
  const stall = () => {
    stalled = true;
    stream.abort();
  };
  const watch = (ms: number) => {
    clearTimeout(watchdog);
    watchdog = setTimeout(stall, ms);
  };

  stream.on('connect', () => {
    begun = true;
    watch(silenceMs);
  });
  stream.on('streamEvent', (_event, { content }) =>
    watch(content.at(-1)?.type === 'thinking' ? thinkingSilenceMs : silenceMs),
  );
  stream.on('text', onText);
  stream.on('thinking', onThinking);
  try {
    return toAssistantTurn(await stream.finalMessage());
  } catch (error) {
    const gathered = stream.currentMessage;
    // Asking again would bring the same; the blocks are whole, and the model can read what was wrong with the last.
    if (isNoJson(error) && gathered && endsUnreadable(gathered))
      return { ...toAssistantTurn(gathered), stopReason: 'tool_use' };
    throw new BrokenStream(
      begun,
      stalled ? { message: 'the stream stalled' } : toFault(error),
      error,
    );
  } finally {
    clearTimeout(watchdog);
    signal.removeEventListener('abort', abort);
  }
}

const isNoJson = (error: unknown) => error instanceof Error && error.cause instanceof SyntaxError;

function toFault(error: unknown): ModelFault {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof APIError)) return { message };
  return { status: error.status, type: error.type, code: error.errorCode, message };
}

/** Thinking is bound to the model and conversation it was made in; a changed setting or a cut history breaks that. */
const isForeignThinking = ({ status, message }: ModelFault) =>
  status === 400 && /thinking|signature/i.test(message);

type Middleware = NonNullable<ClientOptions['middleware']>[number];

/** The SDK obeys any retry-after and retries spending caps: nobody should look at a placeholder that long. */
const refuseLongWaits: Middleware = async (request, next, context) => {
  const response = await next(request);
  if (response.ok) return response;
  const body: unknown = response.status === 429 ? await context.parse(response).catch(() => 0) : 0;
  if (retryAfterMs(response.headers) <= 20_000 && !isSpendLimit(errorCode(body))) return response;
  const headers = new Headers(response.headers);
  headers.set('x-should-retry', 'false');
  return new Response(response.body, { status: response.status, headers });
};

function retryAfterMs(headers: Headers): number {
  const ms = Number(headers.get('retry-after-ms'));
  if (ms > 0) return ms;
  const after = headers.get('retry-after') ?? '';
  const wait = /^[\d.]+$/.test(after) ? Number(after) * 1_000 : Date.parse(after) - Date.now();
  return wait || 0;
}

const errorCode = (body: unknown) =>
  (body as { error?: { details?: { error_code?: unknown } } } | undefined)?.error?.details
    ?.error_code;

async function verify(client: Anthropic, model: string, log: Log): Promise<void> {
  const brief = { maxRetries: 1, timeout: 5_000 };
  const probe = { model, max_tokens: 1, messages: [{ role: 'user' as const, content: 'Hi' }] };
  try {
    await client.models.retrieve(model, undefined, brief).catch((error: unknown) => {
      // A gateway may not know this route: then its 404 does not name the model.
      const { status, message } = toFault(error);
      if (status !== 404 || message.includes(model)) throw error;
      return client.messages.create(probe, brief);
    });
  } catch (error) {
    const fault = toFault(error);
    if (fault.status === 401 || fault.status === 403)
      throw new StartError('Claude does not accept the key in ANTHROPIC_API_KEY.', {
        cause: error,
      });
    if (fault.status === 404)
      throw new StartError(`Claude does not know the model "${model}": check ANTHROPIC_MODEL.`, {
        cause: error,
      });
    log.warn(
      { status: fault.status, type: fault.type },
      'could not verify key and model with Claude; starting anyway',
    );
  }
}

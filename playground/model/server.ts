import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { fromRules, type RulesOptions } from './rules/rules.ts';
import { fromScript } from './script.ts';
import { openSse } from './sse.ts';
import { streamTurn, toMessage } from './stream-turn.ts';
import { measuredPace, timedTurn } from './timed.ts';
import type { Fault, Pace, Turn } from './turn.ts';
import { type ApiError, type ModelRequest, toModel, validate } from './validate.ts';

/** One request for a message as it came in. Times are milliseconds since 1970, with fractions. */
export interface RecordedRequest {
  at: number;
  headers: IncomingHttpHeaders;
  /** The body, also where it was refused. */
  body: ModelRequest;
  /** Why it was refused. */
  error?: ApiError;
  firstTokenAt?: number;
  lastTokenAt?: number;
  /** The connection ended before the answer did. */
  aborted: boolean;
}

export type ModelOptions = { port?: number } & (
  | {
      /** Each request takes the next turn; or a function gives it. */
      mode: 'script';
      script: Turn[] | ((request: ModelRequest, index: number) => Turn | Promise<Turn>);
      pace?: Pace;
    }
  /** The demo model: it follows rules. */
  | ({ mode: 'rules' } & RulesOptions)
  /** The same answer to every request, at an exact pace. */
  | ({ mode: 'timed'; text?: string } & Partial<Pace>)
);

/** A server that speaks Anthropic's Messages API. */
export interface Model {
  /** For `ANTHROPIC_BASE_URL`. */
  url: string;
  /** All requests for a message so far, refused ones too. */
  requests(): RecordedRequest[];
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

interface Mode {
  respond(request: ModelRequest, index: number): Turn | Promise<Turn>;
  pace?: Pace | undefined;
}

/** Starts a stand-in for Anthropic's API on the loopback interface. It is as strict about requests as the real one. */
export async function startModel(options: ModelOptions): Promise<Model> {
  const mode = toMode(options);
  const records: RecordedRequest[] = [];
  let answered = 0;
  const next = () => answered++;
  const server = createServer((request, response) => {
    serve(request, response, { mode, records, next }).catch((error: unknown) => {
      if (!response.headersSent) sendError(response, { ...internal, message: String(error) });
      else response.destroy();
    });
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('The model has no port.');

  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests: () => records,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function toMode(options: ModelOptions): Mode {
  if (options.mode === 'script') {
    const { script, pace } = options;
    return { respond: typeof script === 'function' ? script : fromScript(script), pace };
  }
  if (options.mode === 'rules') return fromRules(options);
  const { text, firstTokenMs, charsPerTick, tickMs } = options;
  return {
    respond: () => timedTurn(text),
    pace: {
      firstTokenMs: firstTokenMs ?? measuredPace.firstTokenMs,
      charsPerTick: charsPerTick ?? measuredPace.charsPerTick,
      tickMs: tickMs ?? measuredPace.tickMs,
    },
  };
}

interface State {
  mode: Mode;
  records: RecordedRequest[];
  next(): number;
}

const now = () => performance.timeOrigin + performance.now();
const maxBytes = 32 * 1024 * 1024;
const internal: ApiError = { status: 500, type: 'api_error', message: 'Internal server error' };

async function serve(request: IncomingMessage, response: ServerResponse, state: State) {
  const arrivedAt = performance.now();
  const path = new URL(request.url ?? '/', 'http://stand-in').pathname;
  const denied = checkKey(request.headers);
  if (denied) return sendError(response, denied);
  if (request.method === 'GET' && path.startsWith('/v1/models/')) {
    const id = decodeURIComponent(path.slice('/v1/models/'.length));
    const model = toModel(id);
    if (model) return sendJson(response, 200, model);
    return sendError(response, { status: 404, type: 'not_found_error', message: `model: ${id}` });
  }
  if (request.method !== 'POST' || !/^\/v1\/messages(\/count_tokens)?$/.test(path))
    return sendError(response, { status: 404, type: 'not_found_error', message: 'Not found' });

  const raw = await readBody(request);
  if (raw === undefined)
    return sendError(response, {
      status: 413,
      type: 'request_too_large',
      message: 'Request exceeds the maximum size',
    });
  const inputTokens = Math.ceil(raw.length / 4);
  if (path.endsWith('/count_tokens')) return sendJson(response, 200, { input_tokens: inputTokens });

  const body = parse(raw);
  const record: RecordedRequest = {
    at: performance.timeOrigin + arrivedAt,
    headers: request.headers,
    body: body as ModelRequest,
    aborted: false,
  };
  state.records.push(record);
  const result =
    body === undefined
      ? {
          error: {
            status: 400,
            type: 'invalid_request_error',
            message: 'The request body is not valid JSON',
          },
        }
      : validate(body);
  if ('error' in result) {
    record.error = result.error;
    return sendError(response, result.error);
  }
  const turn = await state.mode.respond(result.request, state.next());
  await answer({
    response,
    record,
    turn,
    inputTokens,
    arrivedAt,
    pace: state.mode.pace,
    request: result.request,
  });
}

interface Answer {
  response: ServerResponse;
  record: RecordedRequest;
  request: ModelRequest;
  turn: Turn;
  inputTokens: number;
  arrivedAt: number;
  pace: Pace | undefined;
}

async function answer({ response, record, request, turn, inputTokens, arrivedAt, pace }: Answer) {
  const gone = new AbortController();
  response.once('close', () => {
    record.aborted = !response.writableFinished;
    gone.abort();
  });
  const { model } = request;
  if (!request.stream) {
    const fault = [turn].flat().find((piece) => piece.type === 'refused');
    return fault
      ? commit(response, fault)
      : sendJson(response, 200, toMessage(turn, { model, inputTokens }));
  }

  let send: ReturnType<typeof openSse> | undefined;
  const end = await streamTurn(turn, {
    model,
    inputTokens,
    pace,
    arrivedAt,
    signal: gone.signal,
    send: (event) => {
      send ??= openSse(response, commonHeaders());
      send(event);
    },
    onText: () => {
      record.lastTokenAt = now();
      record.firstTokenAt ??= record.lastTokenAt;
    },
  }).catch((error: unknown) => {
    if (gone.signal.aborted) return undefined;
    throw error;
  });
  if (end?.whole) response.end();
  if (end && !end.whole) commit(response, end.fault, send);
}

function commit(response: ServerResponse, fault: Fault, send?: ReturnType<typeof openSse>): void {
  if (fault.type === 'refused') {
    const { status, error, message, retryAfter } = fault;
    const wait = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
    sendError(response, { status, type: error, message }, wait);
  }
  if (fault.type === 'error') {
    send?.({ type: 'error', error: { type: fault.error, message: fault.message } });
    response.end();
  }
  // What was written has to leave first: a reset would take it along.
  if (fault.type === 'cut') setTimeout(() => response.destroy(), 20);
}

function checkKey(headers: IncomingHttpHeaders): ApiError | undefined {
  const key = headers['x-api-key'] ?? headers.authorization?.replace(/^Bearer /, '');
  if (key && key !== 'wrong') return undefined;
  const message = key ? 'invalid x-api-key' : 'x-api-key header is required';
  return { status: 401, type: 'authentication_error', message };
}

/** Nothing when it is too large; the rest is read and dropped, so that the refusal can be read. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
  }
  return size <= maxBytes ? Buffer.concat(chunks).toString('utf8') : undefined;
}

/** Nothing where the API would refuse it as JSON, which includes half a surrogate pair. */
function parse(raw: string): unknown {
  try {
    return JSON.parse(raw, (_key, value: unknown) => {
      if (typeof value === 'string' && !value.isWellFormed()) throw new Error('lone surrogate');
      return value;
    });
  } catch {
    return undefined;
  }
}

const commonHeaders = () => ({
  'request-id': `req_${randomBytes(12).toString('hex')}`,
  'anthropic-organization-id': 'stand-in',
  'anthropic-ratelimit-requests-limit': '4000',
  'anthropic-ratelimit-requests-remaining': '3999',
  'anthropic-ratelimit-requests-reset': new Date().toISOString(),
  'anthropic-ratelimit-tokens-limit': '2000000',
  'anthropic-ratelimit-tokens-remaining': '1999000',
  'anthropic-ratelimit-tokens-reset': new Date().toISOString(),
});

function sendJson(response: ServerResponse, status: number, body: unknown, more = {}): void {
  response.writeHead(status, { ...commonHeaders(), ...more, 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function sendError(response: ServerResponse, { status, type, message }: ApiError, more = {}): void {
  const headers = commonHeaders();
  const body = { type: 'error', error: { type, message }, request_id: headers['request-id'] };
  sendJson(response, status, body, { ...more, 'request-id': body.request_id });
}

import { setTimeout as sleep } from 'node:timers/promises';
import { Patience } from '../../patience.ts';
import { ToolError } from '../tool-error.ts';
import { readCapped } from './read-capped.ts';
import { toWait } from './retry-wait.ts';

/** An API over HTTP, and how patient to be with it. Times in milliseconds. */
export interface Api {
  /** What people call it: `Jira`. It stands in every sentence; the origin never does. */
  title: string;
  /** `https://acme.atlassian.net`: requests go there and nowhere else. */
  origin: string;
  /** Longest try; 15 s unless told. */
  tryMs?: number;
  /** Longest call with all its tries and waits; 40 s unless told. */
  totalMs?: number;
  /** Longest answer, in bytes; 8 MB unless told. */
  maxBytes?: number;
}

export interface ApiRequest {
  method: string;
  /** With its query, from the root: `/rest/api/3/myself`. */
  path: string;
  headers?: Record<string, string>;
  body?: string;
  signal: AbortSignal;
  /** May be sent again after it was lost, since it changes nothing. Unless told, GET may. */
  repeatable?: boolean;
}

/** What an API said, whatever the status. */
export interface ApiAnswer {
  status: number;
  headers: Headers;
  /** As it came: a text of this size would take room that a connector's own data need. */
  body: Buffer;
  /** The body, decoded at each look. */
  readonly text: string;
}

/** Tries of one call. */
const maxTries = 4;
/** With all its tries, in milliseconds. */
const longestCall = 40_000;

/**
 * Sends one request and reads its whole answer. 429 is tried again after the wait that the API names, as are 502, 503,
 * 504 and lost connections where nothing can happen twice. Other statuses are an answer.
 *
 * @throws ToolError `TIMEOUT`, `RATE_LIMITED` (with the wait), `TOO_LARGE` or `UPSTREAM_ERROR`; the signal's reason
 * when it fired.
 */
export async function requestApi(api: Api, request: ApiRequest): Promise<ApiAnswer> {
  const { method, signal, repeatable = method === 'GET' } = request;
  const url = toUrl(api, request.path);
  const deadline = Date.now() + (api.totalMs ?? longestCall);
  for (let round = 1; ; round += 1) {
    const result = await tryOnce(api, url, request, deadline);
    signal.throwIfAborted();
    const isRefused = !(result instanceof ToolError) && result.status === 429;
    const isLost = result instanceof ToolError ? isTransient(result) : isDown(result.status);
    if (!isRefused && !(isLost && repeatable)) return orThrow(result);
    const wait = toWait(result instanceof ToolError ? undefined : result.headers, round);
    if (round === maxTries || Date.now() + wait >= deadline)
      return isRefused ? tooManyRequests(api, wait) : orThrow(result);
    await sleep(wait, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/** A path can't lead elsewhere: `//other.example/` and `https://…` are refused. */
function toUrl({ title, origin }: Api, path: string): URL {
  const url = URL.parse(path, origin);
  if (!url || !path.startsWith('/') || url.origin !== origin)
    throw new ToolError('REFUSED', `this address is not one of ${title}`);
  return url;
}

/** One try. What may be better next time is given, not thrown. */
async function tryOnce(
  { title, tryMs = 15_000, totalMs = longestCall, maxBytes = 8_000_000 }: Api,
  url: URL,
  { method, headers, body, signal }: ApiRequest,
  deadline: number,
): Promise<ApiAnswer | ToolError> {
  const left = deadline - Date.now();
  using patience = new Patience(signal, Math.max(1, Math.min(tryMs, left)));
  try {
    const response = await fetch(url, {
      method,
      ...(headers && { headers }),
      ...(body !== undefined && { body }),
      redirect: 'manual',
      signal: patience.signal,
    });
    if (response.status >= 300 && response.status < 400 && response.status !== 304) {
      await response.body?.cancel();
      throw new ToolError(
        'UPSTREAM_ERROR',
        `${title} sends this request elsewhere, which is not followed`,
        {
          try: 'telling the person that the address of the source in the configuration may be out of date',
        },
      );
    }
    const received = await readCapped(response, maxBytes);
    if (!received)
      throw new ToolError('TOO_LARGE', `${title} answers with more than ${maxBytes / 1e6} MB`, {
        try: 'fewer items at a time, fewer fields, or a narrower filter',
      });
    return toAnswer(response, received);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ToolError) throw error;
    if (patience.isOver)
      return new ToolError(
        'TIMEOUT',
        `${title} took longer than ${(left < tryMs ? totalMs : tryMs) / 1000} s`,
        {
          try: 'a narrower filter or fewer items, or the same again later',
        },
      );
    const reason = toReason(error);
    return new ToolError('UPSTREAM_ERROR', `${title} can't be reached${reason && ` (${reason})`}`, {
      try: 'the same again in a moment; if it goes on, tell the person that the source is down',
      cause: error,
    });
  }
}

const toAnswer = ({ status, headers }: Response, body: Buffer): ApiAnswer => ({
  status,
  headers,
  body,
  get text() {
    return new TextDecoder().decode(body);
  },
});

/** The code alone: messages name hosts. */
function toReason(error: unknown): string {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code: unknown = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code) ? code : '';
}

const isDown = (status: number) => status === 502 || status === 503 || status === 504;

const isTransient = ({ code }: ToolError) => code === 'UPSTREAM_ERROR' || code === 'TIMEOUT';

function orThrow(result: ApiAnswer | ToolError): ApiAnswer {
  if (result instanceof ToolError) throw result;
  return result;
}

function tooManyRequests({ title }: Api, wait: number): never {
  const seconds = Math.ceil(wait / 1000);
  throw new ToolError('RATE_LIMITED', `${title} takes no more requests for now`, {
    try: `the same again in ${seconds} s, and fewer calls until then`,
  });
}

import type { Piece, StopReason, Turn } from './turn.ts';

/** The model writes this: a text, cut as a model would, or exactly these chunks. */
export const says = (text: string | string[]): Piece => ({
  type: 'text',
  chunks: typeof text === 'string' ? toChunks(text) : text,
});

/** The model thinks this first. The block comes signed, and has to come back unchanged. */
export const thinks = (text: string): Piece => ({ type: 'thinking', text });

type Call = [name: string, input: unknown];

/** The model calls one tool, or several at once: `calls(['a', {…}], ['b', {…}])`. */
export function calls(...call: Call | Call[]): Piece[] {
  const list = (typeof call[0] === 'string' ? [call] : call) as Call[];
  return list.map(([name, input]) => ({ type: 'tool', name, input }));
}

/** The turn ends for this reason, whatever it holds. */
export const stops = (reason: StopReason): Piece => ({ type: 'stop', reason });

interface Failure {
  /** HTTP status; absent: the error comes in the middle of the stream. */
  status?: number;
  /** The API's name of the error; derived from the status where it is absent. */
  error?: string;
  message?: string;
  /** Characters of the turn's text that come before it. */
  afterChars?: number;
  /** Seconds, for the header. */
  retryAfter?: number;
}

/** The request is refused (`status`), or the stream ends in an error event. */
export function fails({ status, error, message, afterChars, retryAfter }: Failure): Piece {
  const name = error ?? errorNames[status ?? 529] ?? 'api_error';
  const text = message ?? `${name}, as the test wants it`;
  if (status === undefined)
    return {
      type: 'error',
      error: name,
      message: text,
      ...(afterChars !== undefined && { afterChars }),
    };
  return {
    type: 'refused',
    status,
    error: name,
    message: text,
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

/** Nothing more comes past this many characters of the turn's text, and the connection stays open. */
export const stalls = (afterChars = 0): Piece => ({ type: 'stall', afterChars });

/** The connection breaks past this many characters of the turn's text. */
export const cuts = (afterChars = 0): Piece => ({ type: 'cut', afterChars });

/** The turns of a script as a function of the request, and a sentence for the request that is one too many. */
export function fromScript(script: Turn[]): (request: unknown, index: number) => Turn {
  return (_request, index) =>
    script[index] ??
    fails({
      status: 400,
      message: `The script has ${script.length} turns, and this is request ${index + 1}.`,
    });
}

const errorNames: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  500: 'api_error',
  529: 'overloaded_error',
};

/** A word with the space before it, as tokens often are. */
const toChunks = (text: string) => text.match(/\s*\S+|\s+$/gu) ?? [];

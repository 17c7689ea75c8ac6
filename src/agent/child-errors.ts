import { StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { AnswerTooLarge } from './guarded-fetch.ts';

/** The server ended, or was never there. */
export class ChildGone extends Error {
  override name = 'ChildGone';
}

export class ChildTimeout extends Error {
  override name = 'ChildTimeout';
}

/** The server answered the first message with the reason why it does not serve. */
export class ChildRefused extends Error {
  override name = 'ChildRefused';
}

/** The server answered with a protocol error, or with something that is against its own schema. */
export class ChildFault extends Error {
  override name = 'ChildFault';
}

/** The answer was larger than what is read. */
export class ChildOverflow extends Error {
  override name = 'ChildOverflow';
}

/** What the SDK threw, as one of ours. Over HTTP a lost server shows as a failed request. */
export function toChildError(error: unknown, isHttp: boolean): Error {
  const message = error instanceof Error ? error.message : String(error);
  const options = { cause: error };
  if (error instanceof AnswerTooLarge) return new ChildOverflow(message, options);
  if (error instanceof McpError) {
    if (isClosed(error)) return new ChildGone(message, options);
    if (error.code === ErrorCode.RequestTimeout) return new ChildTimeout(message, options);
    return new ChildFault(message, options);
  }
  if (message === 'Not connected' || (isHttp && isLost(error)))
    return new ChildGone(message, options);
  return new ChildFault(message, options);
}

/** The SDK's code for it is one that servers also use for errors of their own. */
export const isClosed = ({ code, message }: McpError) =>
  code === ErrorCode.ConnectionClosed && message.endsWith(': Connection closed');

/** No HTTP at all, a status other than 2xx, or something that is no message: another connection may do better. */
const isLost = (error: unknown) =>
  error instanceof StreamableHTTPError ||
  error instanceof TypeError ||
  error instanceof SyntaxError ||
  (error instanceof Error && error.name === 'AbortError');

import { StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import {
  ChildFault,
  ChildGone,
  ChildOverflow,
  ChildRefused,
  ChildTimeout,
  isClosed,
} from './child-errors.ts';
import { AnswerTooLarge, RedirectRefused } from './guarded-fetch.ts';
import { SourceProblem } from './source-watch.ts';

/** Why somebody else's server could not be started or reached, in words of ours: its own could be anything. */
export function toStartProblem(error: unknown): string {
  if (error instanceof SourceProblem) return error.message;
  if (error instanceof ChildOverflow || error instanceof AnswerTooLarge)
    return 'Its answer is larger than 4 MB.';
  if (error instanceof ChildRefused) return rejected;
  if (isOurs(error) && error.cause) return toStartProblem(error.cause);
  if (error instanceof RedirectRefused)
    return 'It redirects to another address, which is not followed: put that one into url.';
  if (error instanceof StreamableHTTPError) return toHttpProblem(error.code);
  if (error instanceof McpError)
    return isClosed(error) ? ended : (mcpProblems.get(error.code) ?? rejected);
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  if (code === 'ENOENT') return 'Its program was not found: check command and cwd.';
  if (code === 'EACCES') return 'Its program may not be started: check command.';
  if (error instanceof TypeError && (cause || error.message === 'fetch failed'))
    return 'It can’t be reached: check url, and whether it runs.';
  if (error instanceof Error && error.message.startsWith('no answer within')) return silent;
  return 'It answers with something other than MCP.';
}

/** What the server did stands behind it. */
const isOurs = (error: unknown): error is Error =>
  error instanceof ChildGone || error instanceof ChildTimeout || error instanceof ChildFault;

const silent = 'It does not answer.';
const rejected = 'It answers our greeting with an error.';
const ended = 'Its program ended as it was started: the log has what it said.';

const mcpProblems = new Map<number, string>([
  [ErrorCode.RequestTimeout, silent],
  [ErrorCode.MethodNotFound, 'It has no tools.'],
]);

function toHttpProblem(status: number | undefined): string {
  if (status === 401 || status === 403)
    return `It refuses us (HTTP ${status}): check headers, e.g. Authorization.`;
  if (status === 404 || status === 405)
    return `There is no MCP server at its url (HTTP ${status}).`;
  if (status === undefined || status < 100)
    return 'It answers with something other than MCP: check url.';
  return `It answers with HTTP ${status}.`;
}

import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import type { Refusal } from './reply-client.ts';

/** How long a method rests when Slack limits it without saying how long, in milliseconds. */
const unspecifiedRest = 30_000;

/** What an error of a Slack call means for a reply. Total: whatever was thrown becomes a refusal. */
export function toRefusal(error: unknown): Refusal {
  if (error instanceof WebAPIRateLimitedError)
    return rateLimited('ratelimited', Math.max(error.retryAfter, 0) * 1000);
  if (error instanceof WebAPIPlatformError) return ofCode(String(error.data.error));
  if (error instanceof WebAPIHTTPError) {
    const { statusCode } = error;
    return refusal(statusCode >= 500 ? 'ambiguous' : 'other', `http_${statusCode}`);
  }
  if (error instanceof WebAPIRequestError) {
    const code = networkCode(error.original);
    return refusal(neverSent.has(code) ? 'unreachable' : 'ambiguous', code);
  }
  // The SDK has no class for a 429 without a Retry-After.
  if (error instanceof Error && error.message.startsWith('Retry header did not contain'))
    return rateLimited('ratelimited', unspecifiedRest);
  return refusal('ambiguous', 'unknown_error');
}

function ofCode(code: string): Refusal {
  if (code === 'ratelimited' || code === 'rate_limited' || code === 'message_limit_exceeded')
    return rateLimited(code, unspecifiedRest);
  const problem = known.find((candidate) => codes[candidate].includes(code));
  return refusal(problem ?? 'other', code);
}

const known = ['ambiguous', 'gone', 'closed', 'blocks-refused', 'auth'] as const;

const codes: Record<(typeof known)[number], readonly string[]> = {
  ambiguous: [
    'internal_error',
    'fatal_error',
    'service_unavailable',
    'request_timeout',
    'team_added_to_org',
  ],
  gone: [
    'message_not_found',
    'cant_update_message',
    'cant_delete_message',
    'edit_window_closed',
    'is_inactive',
  ],
  closed: [
    'thread_not_found',
    'cannot_reply_to_message',
    'channel_not_found',
    'not_in_channel',
    'is_archived',
    'user_not_found',
    'messages_tab_disabled',
    'access_denied',
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_thread_locked',
    'restricted_action_thread_only_channel',
    'restricted_action_non_threadable_channel',
  ],
  'blocks-refused': [
    'invalid_blocks',
    'invalid_blocks_format',
    'invalid_attachments',
    'msg_blocks_too_long',
    'msg_blocks_too_many',
    'msg_too_long',
    'block_mismatch',
    'markdown_text_conflict',
    'no_text',
  ],
  auth: [
    'not_authed',
    'invalid_auth',
    'account_inactive',
    'token_revoked',
    'token_expired',
    'team_disabled',
    'no_permission',
    'missing_scope',
    'ekm_access_denied',
  ],
};

/** The connection never stood, so nothing was sent. */
const neverSent = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** fetch hides the reason in `cause`, and that may be an AggregateError of several addresses. */
function networkCode(error: unknown): string {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 4; depth++) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
    if (cause.name === 'TimeoutError') return 'timeout';
    cause = cause.cause;
  }
  return 'network_error';
}

const refusal = (problem: Exclude<Refusal['problem'], 'ratelimited'>, code: string): Refusal => ({
  ok: false,
  problem,
  code,
});

const rateLimited = (code: string, retryAfterMs: number): Refusal => ({
  ok: false,
  problem: 'ratelimited',
  code,
  retryAfterMs,
});

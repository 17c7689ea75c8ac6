import { UpstreamError, UserError } from '../errors.ts';

/** The request no longer fits into the model's context window. */
export class ContextExceeded extends UserError {
  override name = 'ContextExceeded';

  constructor(options?: ErrorOptions) {
    super(sentences.tooLong, options);
  }
}

/** The API does not take the request as it stands; something in the conversation may be why. */
export class RequestRefused extends UserError {
  override name = 'RequestRefused';

  constructor(options?: ErrorOptions) {
    super(sentences.request, options);
  }
}

/** What an API error says of itself, whichever way it came: as a response or in mid-stream (then without a status). */
export interface ModelFault {
  status?: number | undefined;
  /** `overloaded_error`, `rate_limit_error`, … */
  type?: string | null | undefined;
  /** A stable name of the cause, e.g. `enforced_spend_limit_reached`. */
  code?: string | null | undefined;
  message: string;
}

/** Whether a 429 is a spending cap: waiting does not help. */
export const isSpendLimit = (code: unknown) =>
  typeof code === 'string' && /spend_limit|billing/.test(code);

/** Whether the same call may work a moment later. Told by type: in mid-stream there is no status. */
export function isPassing({ status, type, code }: ModelFault): boolean {
  if (isSpendLimit(code)) return false;
  if (type) return passing.has(type);
  return (
    status === undefined || status === 408 || status === 409 || status === 429 || status >= 500
  );
}

const passing = new Set(['overloaded_error', 'api_error', 'timeout_error', 'rate_limit_error']);

/** The error that the person reads: an honest sentence on what is the matter with Claude, and the way out. */
export function toModelError(fault: ModelFault, cause: unknown): Error {
  const { status, type, code, message } = fault;
  if (isSpendLimit(code) || type === 'billing_error' || status === 402)
    return new UserError(sentences.spend, { cause });
  if (type === 'overloaded_error' || status === 529)
    return new UserError(sentences.overloaded, { cause });
  if (type === 'rate_limit_error' || status === 429)
    return new UserError(sentences.rate, { cause });
  if (status === 401 || status === 403) return new UserError(sentences.key, { cause });
  if (status === 404) return new UserError(sentences.model, { cause });
  if (status === 413 || /prompt is too long|context (window|length)/i.test(message))
    return new ContextExceeded({ cause });
  if (status === 400 || status === 422) return new RequestRefused({ cause });
  return new UpstreamError('Claude', message, { cause });
}

const sentences = {
  spend: 'The spending limit for Claude is reached. Whoever runs me can raise it.',
  overloaded: 'Claude is overloaded right now. Please ask again in a minute.',
  rate: 'Claude is getting more questions than it may answer right now. Please ask again in a minute.',
  key: 'Claude does not accept my key. Whoever runs me has to check ANTHROPIC_API_KEY.',
  model:
    'Claude does not know the model I am set to. Whoever runs me has to check ANTHROPIC_MODEL.',
  // Read when the older conversation is left out already, or when there was none.
  tooLong:
    'The question, with what I looked up for it, has become too long for me. Please ask for a smaller part of it.',
  request:
    'Claude refused this request as it stands. Please try other words, or start a new thread.',
};

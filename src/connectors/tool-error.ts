/** Who must act on a failed call, as one word. The model sees it in front of the sentence. */
export type ToolErrorCode =
  | 'INVALID_ARGUMENT'
  | 'BAD_CURSOR'
  | 'NOT_FOUND'
  | 'AUTH_FAILED'
  | 'MISSING_PERMISSION'
  | 'READ_ONLY'
  | 'REFUSED'
  | 'TIMEOUT'
  | 'RATE_LIMITED'
  | 'TOO_LARGE'
  | 'CONFLICT'
  | 'UPSTREAM_ERROR'
  | 'CANCELLED';

/** What stands behind the sentence: the reason, and what the model can do instead. */
export interface ToolErrorDetails {
  why?: string | undefined;
  try?: string | undefined;
  /** Lines that show the place in what was sent, put below the sentence as they are. */
  excerpt?: string | undefined;
  cause?: unknown;
}

/**
 * A failed call in words of ours: `CODE: what happened. Why: … Try: …`.
 *
 * The message goes to the model as it is, so it never holds a password, a host or a stack. Sentences come without
 * their full stop.
 */
export class ToolError extends Error {
  override name = 'ToolError';
  readonly code: ToolErrorCode;
  /** What happened and why, without the code and the way out. */
  readonly what: string;

  constructor(code: ToolErrorCode, what: string, details: ToolErrorDetails = {}) {
    const { why, try: wayOut, excerpt, cause } = details;
    const parts = [`${code}: ${what}.`];
    if (why) parts.push(`Why: ${why}.`);
    if (wayOut) parts.push(`Try: ${wayOut}.`);
    super([parts.join(' '), ...(excerpt ? [excerpt] : [])].join('\n'), { cause });
    this.code = code;
    this.what = why ? `${what}: ${why}` : what;
  }
}

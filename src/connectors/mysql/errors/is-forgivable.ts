import { ToolError } from '../../tool-error.ts';

const forgivable = new Set(['MISSING_PERMISSION', 'TIMEOUT', 'TOO_LARGE']);

/** Whether a part of an answer may be missing for this error, with a note that says so. */
export const isForgivable = (error: unknown): error is ToolError =>
  error instanceof ToolError && forgivable.has(error.code);

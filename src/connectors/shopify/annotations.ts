import type { ToolAnnotations } from '../connector.ts';

/** Reads one configured shop, and may be called again. */
export const readsOnly: ToolAnnotations = {
  readOnlyHint: true,
  idempotentHint: true,
  openWorldHint: false,
};

/** Replaces what was there; the same again changes nothing more. */
export const overwrites: ToolAnnotations = {
  readOnlyHint: false,
  destructiveHint: true,
  idempotentHint: true,
  openWorldHint: false,
};

/** Adds to what is there. */
export const adds: ToolAnnotations = {
  readOnlyHint: false,
  destructiveHint: false,
  openWorldHint: false,
};

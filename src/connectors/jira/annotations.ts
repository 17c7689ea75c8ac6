import type { ToolAnnotations } from '../connector.ts';

/** The tool only reads the one configured site, and may be called again. */
export const readsOnly: ToolAnnotations = {
  readOnlyHint: true,
  idempotentHint: true,
  openWorldHint: false,
};

/** The tool adds something that people are told of; twice adds two. */
export const adds: ToolAnnotations = {
  readOnlyHint: false,
  destructiveHint: false,
  openWorldHint: false,
};

/** The tool replaces what stood there. */
export const overwrites: ToolAnnotations = { ...adds, destructiveHint: true };

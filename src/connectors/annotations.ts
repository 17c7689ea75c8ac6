import type { ToolAnnotations } from './connector.ts';

/** The tool only reads the one configured source. By MCP that says as well that it may be called again. */
export const readsOnly: ToolAnnotations = { readOnlyHint: true, openWorldHint: false };

/** The tool adds to what is there; twice adds two. */
export const adds: ToolAnnotations = {
  readOnlyHint: false,
  destructiveHint: false,
  openWorldHint: false,
};

/** The tool replaces what stood there. */
export const overwrites: ToolAnnotations = { ...adds, destructiveHint: true };

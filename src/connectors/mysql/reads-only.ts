import type { ToolAnnotations } from '../connector.ts';

/** All tools here read one configured server, and may be called again. */
export const readsOnly: ToolAnnotations = {
  readOnlyHint: true,
  idempotentHint: true,
  openWorldHint: false,
};

import type { ToolAnnotations } from '../connector.ts';

/** These tools read what one account may, and may be called again. */
export const readsOnly: ToolAnnotations = {
  readOnlyHint: true,
  idempotentHint: true,
  openWorldHint: false,
};

/** Why an edit is wanted, most urgent first. */
export type EditKind = 'final' | 'stop' | 'approval' | 'first' | 'progress';

/** One intended call of a Slack method that has a shared limit. */
export interface EditIntent {
  workspace: string;
  method: 'chat.update' | 'chat.postMessage';
  channel: string;
  run: string;
  kind: EditKind;
  /** When this run last edited, milliseconds since 1970; 0 = never. */
  lastEditAt: number;
}

/** Slack's limits are per method and workspace, so all workers of a workspace share one budget, kept in Redis. */
export interface EditBudget {
  /** Whether the call may be made now (`waitMs` 0) or when to ask again, in milliseconds. */
  grant(intent: EditIntent): Promise<{ waitMs: number }>;
  /** Slack answered 429: nobody calls this method in this workspace for `retryAfterMs`. */
  coolDown(workspace: string, method: EditIntent['method'], retryAfterMs: number): Promise<void>;
}

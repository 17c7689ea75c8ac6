import type { WebClientOptions } from '@slack/web-api';
import type { Sink } from '../../agent/events.ts';
import type { Log } from '../../log.ts';
import type { EditBudget } from '../../store/edit-budget.ts';
import type { Claim, Run } from '../../store/threads.ts';
import { toSlackLogger } from '../slack-logger.ts';
import { createGate } from './output-gate.ts';
import { openReplyClient } from './slack-client.ts';
import { openReply } from './write.ts';

interface RepliesOptions {
  botToken: string;
  clientOptions?: WebClientOptions;
  /** The workspace's id: whose edit budget is used. */
  workspace: string;
  budget: EditBudget;
  /** What must never be shown; see `outputGate`. */
  secrets: readonly string[];
  /** Hosts that answers may link to; none when absent. */
  allowedHosts?: readonly string[];
  log: Log;
}

/** Replies in one workspace: they share a Slack client, the gate, and what is known of Slack's optional methods. */
export function openReplies(options: RepliesOptions): { open(run: Run, claim: Claim): Sink } {
  const { botToken, clientOptions, workspace, budget, secrets, allowedHosts = [], log } = options;
  const slack = openReplyClient(botToken, { logger: toSlackLogger(log), ...clientOptions });
  const gate = createGate({ allowedHosts, secrets });
  return {
    open: (run, claim) => openReply({ slack, claim, run, workspace, budget, gate, log }),
  };
}

import type { Slack } from '../../../playground/slack/server.ts';
import { clientOf } from './slack-fixture.ts';

export const channel = 'C0DATA';
export const recipient = { recipient_user_id: 'U0DANA', recipient_team_id: 'T0ACMEGOODS' };

/** Somebody asks; where the answer may be streamed to. */
export const place = (slack: Slack) => ({
  channel,
  thread_ts: slack.say('@dana', '#data', 'a question'),
  ...recipient,
});

/** An open stream. */
export async function openStream(slack: Slack, more: object = {}) {
  const at = place(slack);
  const { ts } = await clientOf(slack).chat.startStream({ ...at, ...more });
  return { channel, ts: String(ts), thread_ts: at.thread_ts };
}

export const stored = (slack: Slack, ts: string) =>
  slack.messages('#data').find((one) => one.ts === ts);

export const text = (said: string) => ({ type: 'markdown_text' as const, text: said });

export const task = (id: string, more: object = {}) => ({
  type: 'task_update' as const,
  id,
  title: `Task ${id}`,
  status: 'in_progress' as const,
  ...more,
});

export const blocks = (count: number) => ({
  type: 'blocks' as const,
  blocks: Array.from({ length: count }, () => ({ type: 'divider' as const })),
});

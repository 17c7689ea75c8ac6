import { now } from '../clock.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';

/**
 * Slack's Stop button: every app at work in a thread that can be stopped takes no more into its streams there and hears of it.
 * Its session stays as it is; to end that is the app's part.
 *
 * @throws Refusal `session_not_found` when nobody there can be stopped.
 */
export function stopSessions(
  { workspace, apps, streams, announcer }: Parts,
  user: string,
  channel: string,
  thread_ts: string,
): void {
  const streaming = streams.openIn(channel, thread_ts);
  const stoppable = apps.list().filter((app) => {
    const session = workspace.sessions.find({ app_id: app.id, channel, thread_ts });
    const atWork = session?.state === 'processing' || streaming.some((one) => one.app === app);
    return atWork && app.subscribes('agent_session_stopped');
  });
  if (stoppable.length === 0)
    throw new Refusal('session_not_found', [
      'no app that can be stopped is at work in this thread',
    ]);
  for (const app of stoppable)
    announcer.toApp(app, {
      type: 'agent_session_stopped',
      channel,
      user,
      thread_ts,
      streaming_message_ts: streams.stopInThread(app, channel, thread_ts),
      event_ts: (now() / 1000).toFixed(6),
    });
}

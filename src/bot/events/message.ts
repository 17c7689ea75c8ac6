import type { Threads } from '../../store/threads.ts';
import { toQuestion } from '../to-question.ts';

/** What the handlers of messages work with. */
export interface MessageParts {
  threads: Pick<Threads, 'accept'>;
  bot: { userId: string };
}

/**
 * Somebody wrote something: a mention (Slack sends it as `app_mention` and as `message`), a DM, or a reply in a
 * thread. Stored before Slack gets its ack; who may ask is decided by the worker.
 */
export const onMessage =
  ({ threads, bot }: MessageParts) =>
  async ({ event, body }: { event: unknown; body: unknown }): Promise<void> => {
    const question = toQuestion(event, body, bot, Date.now());
    if (question) await threads.accept(question);
  };

import type { Reply, SayOptions } from '../control-types.ts';
import { Refusal } from '../refusal.ts';
import { type OnStir, waitUntil } from './wait-until.ts';

export interface AskOptions extends SayOptions {
  /**
   * The reply is complete when nothing in it has changed for so long. Default 2,000 milliseconds: an app that edits its
   * reply while it grows pauses for a second or more between two edits.
   */
  settleMs?: number;
  /** Default 30,000 milliseconds. */
  timeoutMs?: number;
  /** Says when the reply is complete, instead of `settleMs`. */
  until?: (reply: Reply) => boolean;
}

/** Where a question was asked, in this process or over HTTP. */
export interface Asked {
  /** The reply as it stands. */
  reply: () => Reply | Promise<Reply>;
  onStir: OnStir;
}

/**
 * Resolves with an app's reply to a question when it is complete: `until` says so; or else no message of it is being streamed,
 * no status stands below it, and nothing in it has changed for `settleMs`.
 *
 * @throws Refusal `no_reply` with what there is of the reply after `timeoutMs`.
 */
export async function completeReply({ reply, onStir }: Asked, options: AskOptions): Promise<Reply> {
  const { settleMs = 2_000, timeoutMs = 30_000, until } = options;
  const deadline = performance.now() + timeoutMs;
  const look = async (fits: (reply: Reply) => boolean, withinMs: number) =>
    waitUntil(
      onStir,
      async () => {
        const now = await reply();
        return fits(now) && now;
      },
      withinMs,
    );
  for (let left = timeoutMs; left > 0; left = deadline - performance.now()) {
    const found = await look(until ?? isAnswer, left);
    if (found && until) return found;
    if (!found) break;
    const looked = JSON.stringify(found);
    if (!(await look((now) => JSON.stringify(now) !== looked, settleMs))) return found;
  }
  const { text } = await reply();
  throw new Refusal('no_reply', [
    text
      ? `The reply was not complete after ${timeoutMs} ms; so far it was:\n${text.slice(-1_000)}`
      : `No app replied within ${timeoutMs} ms.`,
  ]);
}

const isAnswer = ({ messages, busy }: Reply) => messages.length > 0 && !busy;

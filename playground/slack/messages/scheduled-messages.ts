import { unixSeconds } from '../clock.ts';
import { freshId } from '../identifiers.ts';
import { Refusal } from '../refusal.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';

/** Longer ones end at once in Node. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const MAX_KEPT = 10_000;

/** A message that waits for its time. */
export interface ScheduledMessage {
  id: string;
  app: InstalledApp;
  channel: string;
  /** Seconds since 1970. */
  post_at: number;
  date_created: number;
  text: string;
}

/** Messages that are to be posted later. They do not keep the process alive, and are lost with it. */
export class ScheduledMessages {
  readonly #waiting = new Map<string, { message: ScheduledMessage; timer: NodeJS.Timeout }>();

  /** `post` is called when its time has come. @throws Refusal `message_limit_exceeded` when too many wait. */
  add(draft: Omit<ScheduledMessage, 'id' | 'date_created'>, post: () => void): ScheduledMessage {
    if (this.#waiting.size >= MAX_KEPT) throw new Refusal('message_limit_exceeded');
    const date_created = unixSeconds();
    const message = { ...draft, id: freshId('Q'), date_created };
    this.#wait(message, post);
    return message;
  }

  /** Those of an app that still wait, in the order of their times. */
  list(app: InstalledApp): ScheduledMessage[] {
    const own = [...this.#waiting.values()].map(({ message }) => message);
    return own.filter((one) => one.app === app).sort((a, b) => a.post_at - b.post_at);
  }

  remove(id: string): void {
    clearTimeout(this.#waiting.get(id)?.timer);
    this.#waiting.delete(id);
  }

  #wait(message: ScheduledMessage, post: () => void): void {
    const ms = message.post_at * 1000 - Date.now();
    const timer = setTimeout(
      () => {
        if (ms > LONGEST_TIMER_MS) return this.#wait(message, post);
        this.#waiting.delete(message.id);
        post();
      },
      Math.min(Math.max(0, ms), LONGEST_TIMER_MS),
    ).unref();
    this.#waiting.set(message.id, { message, timer });
  }
}

import { EventEmitter } from 'node:events';
import type { Message } from '../control-types.ts';
import { shownText } from '../messages/message-object.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type Check, waitUntil } from './wait-until.ts';

const SHOWN_IN_ERROR = 5;

/** Waiting for things to happen, by notification and never by polling. */
export class Activity {
  readonly #workspace: Workspace;
  readonly #stirs = new EventEmitter().setMaxListeners(0);
  readonly #stop: () => void;
  #closed = false;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#stop = workspace.onChange(() => this.notify());
  }

  notify(): void {
    this.#stirs.emit('stir');
  }

  /** Calls `listener` after every change, call and delivery. Returns how to stop that. */
  onStir(listener: () => void): () => void {
    this.#stirs.on('stir', listener);
    return () => this.#stirs.off('stir', listener);
  }

  /** Resolves with what `check` gives as soon as it gives something. @throws Error after `timeoutMs`. */
  async until<T>(check: Check<T>, timeoutMs: number, whatElse = () => ''): Promise<T> {
    const look = () => {
      if (this.#closed) throw new Error('The look-alike was closed.');
      return check();
    };
    const found = await waitUntil((listener) => this.onStir(listener), look, timeoutMs);
    if (found !== undefined) return found;
    throw new Error(`Nothing of the kind within ${timeoutMs} ms.${whatElse()}`);
  }

  /** The first message that passes `test`, of those there are and those to come. */
  message(test: (message: Message) => boolean, timeoutMs: number): Promise<Message> {
    return this.until(
      () => this.#all().find(test),
      timeoutMs,
      () => this.#lastSaid(),
    );
  }

  close(): void {
    this.#stop();
    this.#closed = true;
    this.notify();
  }

  #all(): Message[] {
    return [...this.#workspace.channels.keys()].flatMap((id) => this.#workspace.messages(id));
  }

  #lastSaid(): string {
    const last = this.#all()
      .sort((a, b) => Number(a.ts) - Number(b.ts))
      .slice(-SHOWN_IN_ERROR);
    const lines = last.map((one) => `  ${one.user}: ${shownText(one).slice(0, 200)}`);
    return `\nThe last messages were:\n${lines.join('\n')}`;
  }
}

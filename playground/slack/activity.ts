import { EventEmitter } from 'node:events';
import type { Message } from './control-types.ts';
import { shownText } from './message-object.ts';
import type { Workspace } from './workspace.ts';

const SHOWN_IN_ERROR = 5;

/** Waiting for things to happen, by notification and never by polling. */
export class Activity {
  readonly #workspace: Workspace;
  readonly #stirs = new EventEmitter().setMaxListeners(0);
  readonly #stop: () => void;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#stop = workspace.onChange(() => this.notify());
  }

  notify(): void {
    this.#stirs.emit('stir');
  }

  /** Resolves with what `check` gives as soon as it gives something. @throws Error after `timeoutMs`. */
  until<T>(check: () => T | undefined | false, timeoutMs: number, whatElse = () => ''): Promise<T> {
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        this.#stirs.off('stir', look);
        this.#stirs.off('close', fail);
      };
      const fail = () => {
        end();
        reject(new Error(`Nothing of the kind within ${timeoutMs} ms.${whatElse()}`));
      };
      const look = () => {
        try {
          const found = check();
          if (found === undefined || found === false) return;
          end();
          resolve(found);
        } catch (error) {
          end();
          reject(error);
        }
      };
      const timer = setTimeout(fail, timeoutMs);
      this.#stirs.on('stir', look);
      this.#stirs.on('close', fail);
      look();
    });
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
    this.#stirs.emit('close');
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

import type { SuggestedPrompts } from '../control-types.ts';
import type { Workspace } from '../workspace/workspace.ts';

const MAX_PLACES = 5_000;

/** What apps suggest to ask: per app on top of a Messages tab, or in one thread. */
export class Prompts {
  readonly #workspace: Workspace;
  readonly #prompts = new Map<string, SuggestedPrompts>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Replaces what the app suggested in that place before; none takes them away. */
  set(prompts: SuggestedPrompts): void {
    const key = `${prompts.app_id} ${prompts.channel} ${prompts.thread_ts ?? ''}`;
    this.#prompts.delete(key);
    if (prompts.prompts.length > 0) this.#prompts.set(key, prompts);
    const [oldest] = this.#prompts.keys();
    if (this.#prompts.size > MAX_PLACES && oldest) this.#prompts.delete(oldest);
    this.#workspace.tell({ type: 'prompts', prompts });
  }

  list(): SuggestedPrompts[] {
    return [...this.#prompts.values()];
  }
}

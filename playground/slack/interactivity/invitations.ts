import { randomUUID } from 'node:crypto';
import type { Limits } from '../control-types.ts';
import { Refusal } from '../refusal.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';

const TRIGGER_MS = 3_000;
const RESPONSE_MS = 30 * 60_000;
const RESPONSE_USES = 5;
const MAX_KEPT = 5_000;

/** Who acted, which app was told, and in which channel that was. */
export interface Actor {
  user: string;
  app: InstalledApp;
  channel?: string;
}

/** Trigger ids: who acted, for three seconds, once. */
export class Triggers {
  readonly #limits: Limits;
  readonly #triggers = new Map<string, { actor: Actor; until: number; used: boolean }>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  create(actor: Actor): string {
    const id = `${Date.now()}.${randomUUID().slice(0, 13)}`;
    this.#triggers.set(id, { actor, until: Date.now() + TRIGGER_MS, used: false });
    trim(this.#triggers);
    return id;
  }

  /** Who acted. @throws Refusal `invalid_trigger_id`, `exchanged_trigger_id`, `expired_trigger_id`. */
  exchange(id: string | undefined, app: InstalledApp): Actor {
    const trigger = id ? this.#triggers.get(id) : undefined;
    if (trigger?.actor.app !== app) throw new Refusal('invalid_trigger_id');
    if (trigger.used) throw new Refusal('exchanged_trigger_id');
    if (this.#limits.deadlines && Date.now() > trigger.until)
      throw new Refusal('expired_trigger_id');
    trigger.used = true;
    return trigger.actor;
  }
}

/** What a `response_url` stands for. */
export interface ResponseContext {
  user: string;
  app: InstalledApp;
  channel: string;
  /** The message that was clicked, absent for a command. */
  ts?: string;
  thread_ts?: string;
}

/** Response URLs: five uses in thirty minutes. */
export class ResponseUrls {
  readonly #url: () => string;
  readonly #limits: Limits;
  readonly #contexts = new Map<string, { context: ResponseContext; until: number; uses: number }>();

  constructor(url: () => string, limits: Limits) {
    this.#url = url;
    this.#limits = limits;
  }

  create(context: ResponseContext): string {
    const id = randomUUID();
    this.#contexts.set(id, { context, until: Date.now() + RESPONSE_MS, uses: 0 });
    trim(this.#contexts);
    return `${this.#url()}/response/${id}`;
  }

  /** Counts a use. @throws Refusal `used_url`, `expired_url`. */
  use(id: string): ResponseContext {
    const known = this.#contexts.get(id);
    const { deadlines } = this.#limits;
    if (!known || (deadlines && Date.now() > known.until)) throw new Refusal('expired_url');
    if (deadlines && known.uses >= RESPONSE_USES) throw new Refusal('used_url');
    known.uses += 1;
    return known.context;
  }
}

function trim(map: Map<string, unknown>): void {
  const [oldest] = map.keys();
  if (map.size > MAX_KEPT && oldest) map.delete(oldest);
}

import type { ThreadStatus } from '../control-types.ts';

const STATUS_MS = 2 * 60_000;
const PROCESSING_MS = 60 * 60_000;
const MAX_SESSIONS = 5_000;
/** What people see below a thread whose app only said that it is at work. */
const WORKING = 'is working…';

export const sessionStates = ['processing', 'active', 'suspended', 'closed'] as const;
export type SessionState = (typeof sessionStates)[number];

/** Where an app works for somebody. */
export interface ThreadOfApp {
  app_id: string;
  channel: string;
  thread_ts: string;
}

interface Session extends ThreadOfApp {
  state: SessionState;
  title: string;
  /** The app's own words, by the older `assistant.threads.setStatus`. They mean that it is processing, too. */
  status: string;
  loading_messages: string[];
}

/** What apps are doing in which threads, and the line that people see of it. */
export class AgentSessions {
  readonly #onStatus: (status: ThreadStatus) => void;
  readonly #sessions = new Map<string, Session>();
  readonly #timers = new Map<string, NodeJS.Timeout>();

  /** `onStatus` is called whenever the line below a thread has changed. */
  constructor(onStatus: (status: ThreadStatus) => void) {
    this.#onStatus = onStatus;
  }

  /** The app's own words for two minutes, or until it replies; '' ends what it is processing. */
  setStatus(thread: ThreadOfApp, status: string, loading_messages: string[] = []): void {
    const known = this.#sessions.get(keyOf(thread));
    const ended = status === '' && known?.state === 'processing';
    this.#update(thread, { status, loading_messages, ...(ended && idle) });
    this.#after(`${keyOf(thread)} status`, status ? STATUS_MS : 0, () =>
      this.#update(thread, noWords),
    );
  }

  /** Processing ends by itself after an hour, not by a reply. `title` names a session that is new. */
  setState(thread: ThreadOfApp, state: SessionState, title = ''): void {
    const titled = title && !this.#sessions.has(keyOf(thread)) && { title };
    this.#update(thread, { state, ...noWords, ...titled });
    this.#after(`${keyOf(thread)} state`, state === 'processing' ? PROCESSING_MS : 0, () =>
      this.#update(thread, idle),
    );
  }

  /** The app wrote into the thread: its words go, the state stays. */
  replied(thread: ThreadOfApp): void {
    if (this.#sessions.get(keyOf(thread))?.status) this.#update(thread, noWords);
  }

  rename(thread: ThreadOfApp, title: string): void {
    this.#update(thread, { title });
  }

  find(thread: ThreadOfApp): { state: SessionState; title: string } | undefined {
    const session = this.#sessions.get(keyOf(thread));
    return session && { title: session.title, state: stateOf(session) };
  }

  /** The lines that people see now. */
  statuses(): ThreadStatus[] {
    return [...this.#sessions.values()].map(toStatus).filter(({ status }) => status !== '');
  }

  #update(thread: ThreadOfApp, patch: Partial<Session>): void {
    const key = keyOf(thread);
    const { app_id, channel, thread_ts } = thread;
    const before = this.#sessions.get(key);
    const next: Session = { app_id, channel, thread_ts, ...(before ?? fresh), ...patch };
    this.#sessions.set(key, next);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > MAX_SESSIONS && oldest) this.#sessions.delete(oldest);
    const shown = toStatus(next);
    if (shown.status || (before && toStatus(before).status)) this.#onStatus(shown);
  }

  #after(name: string, ms: number, run: () => void): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
    if (ms === 0) return;
    const timer = setTimeout(() => {
      this.#timers.delete(name);
      run();
    }, ms);
    this.#timers.set(name, timer.unref());
  }
}

const noWords = { status: '', loading_messages: [] };
const idle = { state: 'active' } as const;
const fresh = { ...idle, title: '', ...noWords };

const keyOf = ({ app_id, channel, thread_ts }: ThreadOfApp) => `${app_id} ${channel} ${thread_ts}`;

const stateOf = ({ status, state }: Session) => (status ? 'processing' : state);

function toStatus({ app_id, channel, thread_ts, ...session }: Session): ThreadStatus {
  const { status, state, loading_messages } = session;
  const shown = status || (state === 'processing' ? WORKING : '');
  return { app_id, channel, thread_ts, status: shown, loading_messages };
}

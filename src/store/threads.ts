/** One thing somebody asked, as the bot stored it before Slack got its ack. */
export interface Question {
  /** The session it belongs to: `team:channel:thread`, or `team:channel:dm` for the root messages of a DM. */
  session: string;
  kind: 'mention' | 'follow-up' | 'direct';
  /** The message's own id, Slack's `ts`: unique within a channel and increasing. */
  id: string;
  team: string;
  channel: string;
  /** The thread that the answer goes to; absent: the root of a DM. */
  thread?: string;
  /** True when the question is a reply in a thread, so that earlier messages of others may matter. */
  inThread: boolean;
  user: string;
  text: string;
  /** Names of attached files; they are not read yet. */
  files: string[];
  /** What makes two deliveries the same question: `ts:…`, `cm:…`, `ev:…`. Any hit is a duplicate. */
  identities: string[];
  /** When it was accepted, milliseconds since 1970. */
  at: number;
}

/** One message of a conversation with the model, kept verbatim as the model gave it. */
export interface TranscriptMessage {
  role: 'user' | 'assistant';
  content: unknown;
}

/** A Slack message that belongs to a run's reply. `posting` = a post was begun and its outcome is not known. */
export interface Part {
  state: 'posting' | 'posted';
  /** Slack's id of the message, once known. */
  ts?: string;
  /** When the post was begun, milliseconds since 1970. */
  since: number;
}

/** One question being answered: what a taking-over worker needs to go on. */
export interface Run {
  id: string;
  question: Question;
  startedAt: number;
  /** How many workers died on it. */
  takeovers: number;
  /** The message up to which this thread has been read before; absent at its first question. */
  seenUpTo?: string;
  /** The reply's Slack messages by position, 0 first. */
  parts: Map<number, Part>;
  /** Messages finished before a takeover: assistant turns and their tool results. */
  turn: TranscriptMessage[];
}

/**
 * The right to work on a thread. The only object with methods that write to one: each is a script that checks
 * owner and fence, so a write by a worker that lost its lease does not happen.
 *
 * Every method throws `LeaseLost` when the thread has another owner.
 */
export interface Claim {
  readonly session: string;
  readonly fence: number;
  /** Fires when the lease is lost and on shutdown; its reason is an error that says which. */
  readonly signal: AbortSignal;
  /** Whether the lease is surely still ours, by the local clock: ask right before a call that cannot be taken back. */
  live(): boolean;
  /** The unfinished run of a worker that died, else a new run for the oldest question, else nothing. */
  begin(): Promise<Run | undefined>;
  savePart(run: Run, position: number, part: Part): Promise<void>;
  dropPart(run: Run, position: number): Promise<void>;
  /** Keeps finished messages of the run, so that a takeover does not ask the model or a tool again. */
  checkpoint(run: Run, messages: TranscriptMessage[]): Promise<void>;
  /**
   * Ends the run: its messages join the transcript, its question leaves the inbox. With `refused` its asker is
   * no part of the thread: what they write there next is no question unless they mention the bot again.
   */
  commit(run: Run, messages: TranscriptMessage[], outcome?: 'refused'): Promise<void>;
  /**
   * Gives the thread back; `signal` fires, so that nothing started under this claim writes on. An unfinished run
   * that is handed over in good order (`run`) does not count as one that a worker died on.
   *
   * Never throws: a lease that Redis cannot take back ends by itself.
   */
  release(run?: Run): Promise<void>;
}

/** The thread belongs to another worker now. Whoever catches it stops without a further write. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
}

/** What became of a delivery. `ignored`: a reply in a thread by somebody who asked nothing there. */
export type Acceptance = 'accepted' | 'duplicate' | 'ignored';

/** The threads of all workspaces, in Redis. */
export interface Threads {
  /**
   * Stores a question and wakes a worker. When it resolves, the question survives this process.
   *
   * @throws when Redis does not answer within 1.5 s: nothing may be acked then.
   */
  accept(question: Question): Promise<Acceptance>;
  /** Takes the lease of a thread, or says in how many milliseconds the present one ends. */
  claim(session: string): Promise<Claim | { heldForMs: number }>;
  /** Wakes the threads whose worker died or whose wake was lost. Returns how many. */
  sweep(now?: number): Promise<number>;
  transcript(session: string): Promise<TranscriptMessage[]>;
}

/** Rings for a thread. `unique` keeps a ring apart from the thread's own, which may be held by a dead worker. */
export type Wake = (session: string, unique?: string) => Promise<void>;

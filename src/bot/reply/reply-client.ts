import type { SlackMessage } from './render.ts';

/** Where a reply stands. */
export interface Place {
  workspace: string;
  channel: string;
  /** Absent at the root of a DM. */
  thread?: string;
}

/** Which message of which run this is; it stands in the message's metadata, where it can be found again. */
export interface PartMark {
  run: string;
  position: number;
}

/** Why a call did not do what it should. */
export type Refusal =
  /** Surely not done; the method rests for `retryAfterMs`. */
  | { ok: false; problem: 'ratelimited'; code: string; retryAfterMs: number }
  | {
      ok: false;
      problem: /** Slack was not reached: surely not done. */
        | 'unreachable'
        /** No answer, or a useless one: it may have happened. */
        | 'ambiguous'
        /** The message is not there, or can't be edited any more. */
        | 'gone'
        /** The place is not there, or not for us. */
        | 'closed'
        /** Slack does not take these blocks, or this length. */
        | 'blocks-refused'
        /** The token is not good any more. */
        | 'auth'
        /** Anything else. */
        | 'other';
      /** Slack's own word for it. */
      code: string;
    };

export type CallResult<T = object> = ({ ok: true } & T) | Refusal;

/** The few calls of Slack's Web API that a reply needs. None of them throws, and none is repeated by itself. */
export interface ReplyClient {
  /** The longest that a call takes, in milliseconds. */
  readonly timeoutMs: number;
  post(place: Place, message: SlackMessage, mark: PartMark): Promise<CallResult<{ ts: string }>>;
  update(place: Place, ts: string, message: SlackMessage): Promise<CallResult>;
  remove(place: Place, ts: string): Promise<CallResult>;
  /** The messages with this mark posted since a time (milliseconds since 1970), oldest first. */
  find(place: Place, mark: PartMark, since: number): Promise<CallResult<{ found: string[] }>>;
  /** Shows a status beside the composer where Slack has that; `''` clears it. Does nothing where it has not. */
  setStatus(place: Place, status: string): Promise<void>;
}

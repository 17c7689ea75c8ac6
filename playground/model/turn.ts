/** What the model's reply to one request consists of, in order. An array is one turn, too: text, then calls. */
export type Turn = Piece | Piece[];

export type StopReason =
  | 'end_turn'
  | 'tool_use'
  | 'max_tokens'
  | 'stop_sequence'
  | 'pause_turn'
  | 'refusal'
  | 'model_context_window_exceeded';

export type Piece =
  | { type: 'text'; chunks: string[] }
  | { type: 'thinking'; text: string }
  | { type: 'tool'; name: string; input: unknown }
  | { type: 'stop'; reason: StopReason }
  | Fault;

/** Something that goes wrong. Past `afterChars` characters of text, where given; else at its place in the turn. */
export type Fault =
  /** The request is refused with this status; no stream begins. */
  | { type: 'refused'; status: number; error: string; message: string; retryAfter?: number }
  /** An error event in the middle of the stream. */
  | { type: 'error'; error: string; message: string; afterChars?: number }
  /** Nothing more comes, and the connection stays open. */
  | { type: 'stall'; afterChars?: number }
  /** The connection breaks. */
  | { type: 'cut'; afterChars?: number };

/** How fast a turn is streamed. */
export interface Pace {
  /** From the arrival of the request to the first character, in milliseconds. */
  firstTokenMs: number;
  charsPerTick: number;
  tickMs: number;
}

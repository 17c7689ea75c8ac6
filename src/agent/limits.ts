/** What one run may use. */
export interface Limits {
  /** Model calls with tools; one more without follows when they are used up. */
  steps: number;
  /** Tool calls, refused ones included: a single reply may ask for hundreds. */
  calls: number;
  /** Time for the whole run, in milliseconds. */
  ms: number;
  /** What is left of it for a worker that takes the run over late. */
  lateMs: number;
  /** Tokens read and written, cached ones counted a tenth. */
  tokens: number;
  /** Characters of tool results: they stay in the context until the run ends. */
  toolCharacters: number;
  /** Tokens of one reply of the model; doubled once when it does not suffice. */
  replyTokens: number;
  /** Tokens of earlier questions and answers that go along. */
  historyTokens: number;
}

export const defaultLimits: Limits = {
  steps: 10,
  calls: 40,
  ms: 10 * 60_000,
  lateMs: 30_000,
  tokens: 400_000,
  toolCharacters: 350_000,
  replyTokens: 8_192,
  historyTokens: 60_000,
};

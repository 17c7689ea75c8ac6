/** What Slack answers instead of doing it: `error` is Slack's own word, the details go beside it. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly error: string;
  readonly details: Record<string, unknown>;

  constructor(error: string, messages: string[] = [], details: Record<string, unknown> = {}) {
    super(messages.length > 0 ? `${error}: ${messages.join('; ')}` : error);
    this.error = error;
    this.details =
      messages.length > 0
        ? { response_metadata: { messages: messages.map((text) => `[ERROR] ${text}`) }, ...details }
        : details;
  }
}

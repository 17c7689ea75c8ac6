/** A problem the person in Slack can understand and act on. They read the message as written. */
export class UserError extends Error {
  override name = 'UserError';
}

/** A system outside this process (Slack, Claude, Redis, a data source) did not do what it was asked. */
export class UpstreamError extends Error {
  override name = 'UpstreamError';
  /** What people call the system, e.g. `Claude` or `MySQL`. */
  readonly system: string;

  constructor(system: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.system = system;
  }
}

/** The process cannot start as configured. `main.ts` prints the message and exits with 1; no stack. */
export class StartError extends Error {
  override name = 'StartError';
}

/** The one sentence about an error that people and Claude may read. Never shows a raw message. */
export function publicMessage(error: unknown): string {
  if (error instanceof UserError) return error.message;
  if (error instanceof UpstreamError) return `${error.system} is not answering right now.`;
  return 'Something went wrong on my side.';
}

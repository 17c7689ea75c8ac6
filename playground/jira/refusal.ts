/** What Jira answers when it will not: its status, its sentences, and what is wrong with which field. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly status: number;
  readonly errorMessages: string[];
  readonly errors: Record<string, string>;

  constructor(
    status: number,
    errorMessages: string | string[] = [],
    errors: Record<string, string> = {},
  ) {
    super(`${status}`);
    this.status = status;
    this.errorMessages = [errorMessages].flat();
    this.errors = errors;
  }
}

/** Also when it exists but may not be seen. */
export const noSuchIssue = () =>
  new Refusal(404, 'Issue does not exist or you do not have permission to see it.');

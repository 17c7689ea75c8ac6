/** A sentence of Jira's about a query that it cannot run. */
export class JqlError extends Error {
  override name = 'JqlError';
}

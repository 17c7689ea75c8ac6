import { startJira } from '../../../playground/jira/start-jira.ts';

/** A Sunday; the shop's newest rows are of its first two hours. */
export const today = new Date('2026-11-22T10:00:00Z');

/** A stand-in with the shop's tickets, and ways to ask it by plain HTTP. */
export async function openJira(options: { indexLagMs?: number } = {}) {
  const jira = await startJira({ today, ...options });
  const { JIRA_EMAIL: email, JIRA_API_TOKEN: apiToken } = jira.env;
  const authorization = `Basic ${Buffer.from(`${email}:${apiToken}`).toString('base64')}`;

  /** The status and the parsed body, `undefined` where there is none. */
  async function call(method: string, path: string, body?: unknown) {
    const response = await fetch(`${jira.url}${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : undefined };
  }

  /** The keys that a query finds, in its order; or what Jira says of it. */
  async function find(jql: string): Promise<string[]> {
    const { status, body } = await call('POST', '/rest/api/3/search/jql', {
      jql,
      fields: ['key'],
      maxResults: 5000,
    });
    return status === 200 ? body.issues.map(({ key }: { key: string }) => key) : body.errorMessages;
  }

  return Object.assign(jira, { call, find });
}

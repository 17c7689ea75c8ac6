import { z } from 'zod';
import { nearest } from '../../../nearest.ts';
import { outsideText } from '../../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';
import { jiraJs } from '../api/jira-js.ts';
import type { Jira } from '../jira.ts';

export const user = z.object({
  accountId: z.string(),
  displayName: z.string().catch(''),
  emailAddress: z.string().optional().catch(undefined),
  active: z.boolean().catch(true),
  accountType: z.string().catch('atlassian'),
});

export type User = z.output<typeof user>;

export interface UserQuery {
  query: string;
  /** The key of a project in which they can be given work. */
  project?: string | undefined;
  limit: number;
}

/** People, without apps and bots. */
export async function readUsers(
  jira: Jira,
  { query, project, limit }: UserQuery,
  signal: AbortSignal,
): Promise<User[]> {
  const found = await jira.ask(z.array(user), signal, (client) =>
    project
      ? jiraJs.findAssignableUsers(client, { query, project, maxResults: limit })
      : jiraJs.findUsers(client, { query, maxResults: limit }),
  );
  return found.filter(({ accountType }) => accountType !== 'app');
}

export const showUser = ({ accountId, displayName, emailAddress, active, accountType }: User) => ({
  account_id: accountId,
  display_name: outsideText(displayName, 80),
  active,
  ...(emailAddress && { email: outsideText(emailAddress, 120) }),
  ...(accountType !== 'atlassian' && { type: accountType }),
});

/** As Atlassian makes them: 24 hexadecimal digits, or a number, a colon and a UUID. */
export const accountIdPattern = /^(?:[0-9a-f]{24}|\d{1,12}:[0-9a-f-]{36})$/i;

/**
 * The account id of somebody given by id, name, e-mail or `me`.
 *
 * @throws ToolError `INVALID_ARGUMENT` with those who may be meant when there is none, or several.
 */
export async function findUser(
  jira: Jira,
  text: string,
  project: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  const wanted = text.trim();
  if (accountIdPattern.test(wanted)) return wanted;
  if (/^me$/i.test(wanted)) return (await readMyself(jira, signal)).accountId;
  const found = await readUsers(jira, { query: wanted, project, limit: 20 }, signal);
  const active = found.filter(({ active }) => active);
  const exact = active.filter(({ displayName, emailAddress }) =>
    [displayName, emailAddress].some((name) => name?.toLowerCase() === wanted.toLowerCase()),
  );
  const [one, ...others] = exact.length > 0 ? exact : active;
  if (one && others.length === 0) return one.accountId;
  return refuseUser(jira, wanted, one ? [one, ...others] : [], project, signal);
}

export const readMyself = (jira: Jira, signal: AbortSignal): Promise<User> =>
  jira.ask(user, signal, (client) => jiraJs.getCurrentUser(client));

async function refuseUser(
  jira: Jira,
  wanted: string,
  found: readonly User[],
  project: string | undefined,
  signal: AbortSignal,
): Promise<never> {
  const name = outsideText(wanted, 60);
  const show = ({ displayName, accountId }: User) =>
    `${outsideText(displayName, 60)} (${accountId})`;
  if (found.length > 0)
    throw new ToolError('INVALID_ARGUMENT', `several people match "${name}"`, {
      try: `an account id: ${found.slice(0, 6).map(show).join(', ')}`,
    });
  const query = { query: wanted.slice(0, 2), project, limit: 50 };
  const others = await readUsers(jira, query, signal).catch(() => []);
  const names = nearest(
    wanted,
    others.map(({ displayName }) => displayName),
  );
  const near = others.filter(({ displayName }) => names.includes(displayName));
  const where = project ? ` can be given work in ${project}` : ' is known to Jira';
  throw new ToolError('INVALID_ARGUMENT', `nobody called "${name}"${where}`, {
    try: near.length > 0 ? near.map(show).join(', ') : 'search_users, or null for nobody',
  });
}

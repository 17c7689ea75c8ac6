import { z } from 'zod';
import { writesVariable } from '../allowed-writes.ts';

/** A key of a project, as it begins the keys of its issues. */
export const projectKeyPattern = /^[A-Z][A-Z0-9_]{1,49}$/;

const site = /^https:\/\/[a-z0-9][a-z0-9-]*\.(?:atlassian\.net|jira\.com)$/;
const scoped = /^https:\/\/api\.atlassian\.com\/ex\/jira\/[0-9a-f-]{36}$/;
const loopback = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/;

/** What the connector needs to know. */
export const jiraEnv = z.object({
  JIRA_URL: z
    .string()
    .trim()
    .transform((text, context) => {
      const url = toUrl(text);
      if (!url) context.addIssue('must be https://<site>.atlassian.net');
      return url ?? z.NEVER;
    })
    .describe(
      'the site of Jira Cloud, https://<site>.atlassian.net; for a token with scopes https://api.atlassian.com/ex/jira/<cloud id>',
    ),
  JIRA_EMAIL: z
    .string()
    .trim()
    .pipe(z.email({ error: 'is not an e-mail address' }))
    .describe('the e-mail address of the Atlassian account that the token belongs to'),
  JIRA_API_TOKEN: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{8,2000}$/, { error: 'is not an API token' })
    .describe('made at https://id.atlassian.com/manage-profile/security/api-tokens'),
  JIRA_PROJECTS: z
    .string()
    .default('')
    .transform((text, context) => {
      const keys = text
        .toUpperCase()
        .split(/[\s,]+/)
        .filter(Boolean);
      for (const key of keys.filter((key) => !projectKeyPattern.test(key)))
        context.addIssue(`${JSON.stringify(key.slice(0, 60))} is not a project key`);
      if (keys.length > 50) context.addIssue('must be at most 50 keys');
      return keys;
    })
    .describe(
      'keys of the only projects to be seen, e.g. OPS,SHOP; all of the account when not set',
    ),
  JIRA_ALLOW_WRITES: writesVariable([
    'create_issue',
    'update_issue',
    'add_comment',
    'transition_issue',
  ]),
  JIRA_API_URL: z
    .string()
    .regex(loopback, { error: 'must be http://127.0.0.1:<port>' })
    .optional()
    .describe('a stand-in for the API on this machine; for tests only'),
});

/** People copy the address of whatever page they are on; the site is what matters. */
function toUrl(text: string): string | undefined {
  const url = URL.parse(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);
  if (!url || url.username || url.port) return;
  const whole = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  if (scoped.test(whole)) return whole;
  return site.test(url.origin) ? url.origin : undefined;
}

import { z } from 'zod';
import { capital } from '../../capital.ts';
import { outsideText } from '../../outside-text.ts';
import type { CheckLine } from '../connector.ts';
import { ToolError, type ToolErrorCode } from '../tool-error.ts';
import { jiraJs } from './api/jira-js.ts';
import type { Jira } from './jira.ts';
import { readProjects } from './names/projects.ts';
import { readMyself } from './names/users.ts';

/** Looks at reachability, the account, the projects it sees, and its rights for the writes that are switched on. */
export async function checkJira(jira: Jira, signal: AbortSignal): Promise<CheckLine[]> {
  try {
    const server = await jira.ask(serverAnswer, signal, (client) => jiraJs.getServerInfo(client));
    if (server.deploymentType !== 'Cloud') return [notCloud(server.deploymentType)];
    const { displayName } = await readMyself(jira, signal);
    return [
      { ok: true, what: 'Jira Cloud answers' },
      { ok: true, what: `Signed in as ${outsideText(displayName, 80)}` },
      ...(await checkProjects(jira, signal)),
      ...(await checkWrites(jira, signal)),
    ];
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return [{ ok: false, what: capital(error.what), fix: fixes[error.code] ?? isItUp }];
  }
}

const serverAnswer = z.object({ deploymentType: z.string().catch('Cloud') });

const notCloud = (type: string): CheckLine => ({
  ok: false,
  what: `This is Jira ${outsideText(type, 40)}, and only Jira Cloud is spoken here`,
  fix: 'Set JIRA_URL to https://<site>.atlassian.net',
});

const isItUp =
  'Look whether JIRA_URL is the address of the site, and whether the site can be reached from here';

const fixes: Partial<Record<ToolErrorCode, string>> = {
  AUTH_FAILED:
    'Make a new token at https://id.atlassian.com/manage-profile/security/api-tokens, set it as JIRA_API_TOKEN, and the e-mail of its account as JIRA_EMAIL; tokens last a year at most',
  MISSING_PERMISSION:
    'Give the account of JIRA_EMAIL access to Jira; a token with scopes needs read:jira-work and read:jira-user, and JIRA_URL=https://api.atlassian.com/ex/jira/<cloud id>',
  NOT_FOUND: 'Set JIRA_URL to the site, https://<site>.atlassian.net',
  RATE_LIMITED: 'Wait a moment; JIRA_API_TOKEN may be used by something else as well',
};

async function checkProjects(jira: Jira, signal: AbortSignal): Promise<CheckLine[]> {
  const { projects, total } = await readProjects(jira, { limit: 50 }, signal);
  const missing = jira.allowedProjects.filter(
    (key) => !projects.some((project) => project.key === key),
  );
  if (missing.length > 0)
    return [
      {
        ok: missing.length < jira.allowedProjects.length,
        what: `It does not see ${missing.join(', ')}`,
        fix: 'Let the account browse these projects, or take them out of JIRA_PROJECTS',
      },
    ];
  if (projects.length > 0)
    return [{ ok: true, what: `It sees ${total} ${total === 1 ? 'project' : 'projects'}` }];
  return [
    {
      ok: false,
      what: 'The account sees no project',
      fix: 'Give the account of JIRA_EMAIL the permission "Browse projects" where questions are about',
    },
  ];
}

const needed: Record<string, string> = {
  create_issue: 'CREATE_ISSUES',
  update_issue: 'EDIT_ISSUES',
  add_comment: 'ADD_COMMENTS',
  transition_issue: 'TRANSITION_ISSUES',
};

const permissions = z.object({
  permissions: z.record(z.string(), z.object({ havePermission: z.boolean() })),
});

/** Whether the account may do what is switched on in at least one project. */
async function checkWrites(jira: Jira, signal: AbortSignal): Promise<CheckLine[]> {
  if (jira.writes.length === 0) return [{ ok: true, what: 'Nothing can be written' }];
  const wanted = Object.values(needed).join(',');
  const answer = await jira.ask(permissions, signal, (client) =>
    jiraJs.getMyPermissions(client, { permissions: wanted }),
  );
  const lacking = jira.writes.filter(
    (tool) => !answer.permissions[needed[tool] ?? '']?.havePermission,
  );
  if (lacking.length === 0)
    return [{ ok: true, what: `It can write by ${jira.writes.join(', ')}` }];
  const names = lacking.map((tool) => needed[tool]).join(', ');
  return [
    {
      ok: true,
      what: `Jira will refuse ${lacking.join(', ')}`,
      fix: `Give the account the permission ${names} in a project, or take the tool out of JIRA_ALLOW_WRITES`,
    },
  ];
}

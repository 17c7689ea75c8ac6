import type { JiraUser } from '../jira-data.ts';
import { requirePermission } from '../permissions.ts';
import { Refusal } from '../refusal.ts';
import { userJson } from '../render/entity-json.ts';
import { type JiraCall, numberParameter, type Routes } from '../router.ts';

export const userRoutes: Routes = {
  'GET /rest/api/3/user': ({ site, query }) => {
    const user = site.data.users.find(({ id }) => id === query.get('accountId'));
    if (!user)
      throw new Refusal(
        404,
        'Specified user does not exist or you do not have required permissions',
      );
    return userJson(user);
  },
  'GET /rest/api/3/user/search': (call) => {
    requirePermission(call.site, 'USER_PICKER', 'You do not have permission to browse users.');
    if (!call.query.has('query') && !call.query.has('accountId'))
      throw new Refusal(400, 'Either the query, the accountId or the property must be given.');
    return search(call, call.site.data.users);
  },
  'GET /rest/api/3/user/assignable/search': (call) => {
    const { site, query } = call;
    const project = query.get('project');
    const issue = query.get('issueKey') ?? query.get('issueId');
    if (!project && !issue)
      throw new Refusal(400, 'Either the project or the issueKey must be given.');
    if (issue) site.issue(issue);
    if (project && !site.data.projects.some(({ id, key }) => id === project || key === project))
      throw new Refusal(404, `No project could be found with key '${project}'.`);
    return search(
      call,
      site.data.users.filter(({ active }) => active),
    );
  },
};

/** A plain list: these two have no page around it. */
function search({ query }: JiraCall, users: JiraUser[]) {
  const startAt = numberParameter(query, 'startAt', { fallback: 0 });
  const maxResults = numberParameter(query, 'maxResults', { fallback: 50, max: 1000 });
  const text = (query.get('query') ?? '').toLowerCase();
  const accountId = query.get('accountId');
  return users
    .filter(({ id }) => accountId === null || id === accountId)
    .filter(({ name, email }) => {
      const words = [...name.toLowerCase().split(/\s+/), name.toLowerCase(), email.toLowerCase()];
      return words.some((word) => word.startsWith(text));
    })
    .slice(startAt, startAt + maxResults)
    .map(userJson);
}

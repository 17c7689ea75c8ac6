import { jiraData } from '../shop/jira/jira-data.ts';
import { startOfDay } from '../shop/moment.ts';
import { shopRecords } from '../shop/shop-records.ts';
import {
  type StandIn,
  type StandInAnswer,
  type StandInRequest,
  startStandIn,
} from '../stand-in/start-stand-in.ts';
import type { JiraData } from './jira-data.ts';
import { openSite } from './jira-site.ts';
import type { Permission } from './permissions.ts';
import { siteUrl } from './render/site-urls.ts';
import { toRouter } from './router.ts';
import { agileRoutes } from './routes/agile-routes.ts';
import { aroundIssueRoutes } from './routes/around-issue-routes.ts';
import { attachmentRoutes, isMedia } from './routes/attachment-routes.ts';
import { commentRoutes } from './routes/comment-routes.ts';
import { createRoutes } from './routes/create-routes.ts';
import { issueRoutes } from './routes/issue-routes.ts';
import { jqlRoutes } from './routes/jql-routes.ts';
import { projectRoutes } from './routes/project-routes.ts';
import { searchRoutes } from './routes/search-routes.ts';
import { siteRoutes } from './routes/site-routes.ts';
import { transitionRoutes } from './routes/transition-routes.ts';
import { userRoutes } from './routes/user-routes.ts';

/** A Jira Cloud site at work on the loopback interface. */
export interface JiraStandIn extends StandIn {
  /** What a connector needs to reach it. */
  env: { JIRA_URL: string; JIRA_EMAIL: string; JIRA_API_TOKEN: string; JIRA_API_URL: string };
  /** What the site holds, changed by every write. */
  data: JiraData;
  /** From now on nobody has this permission: `ADD_COMMENTS`, `BROWSE_PROJECTS` … */
  deny(permission: Permission): void;
}

const apiToken = 'jira-stand-in-token';

/** Routes with fixed words go before those with braces in the same place. */
const routes = {
  ...createRoutes,
  ...searchRoutes,
  ...issueRoutes,
  ...commentRoutes,
  ...transitionRoutes,
  ...aroundIssueRoutes,
  ...attachmentRoutes,
  ...projectRoutes,
  ...siteRoutes,
  ...jqlRoutes,
  ...userRoutes,
  ...agileRoutes,
};

/**
 * Starts a stand-in for Jira Cloud with the sample shop's tickets, or other data, which it will change.
 *
 * `today` sets its clock; `indexLagMs` is how much later than its answer a write shows in a search, 0 unless told.
 */
export async function startJira({
  port = 0,
  today = new Date(),
  data = dataOf(today),
  indexLagMs = 0,
}: {
  port?: number;
  data?: JiraData;
  today?: Date;
  indexLagMs?: number;
} = {}): Promise<JiraStandIn> {
  const ahead = today.getTime() - Date.now();
  const site = openSite(data, { now: () => Date.now() + ahead, indexLagMs });
  const email = data.users.find(({ id }) => id === data.meId)?.email ?? '';
  const expected = `Basic ${Buffer.from(`${email}:${apiToken}`).toString('base64')}`;
  const route = toRouter(routes, site);
  const standIn = await startStandIn(
    (asked) => {
      const request = { ...asked, path: asked.path.replace(gateway, '') };
      return isLetIn(request, expected) ? route(request) : unauthorized;
    },
    { port },
  );
  return {
    ...standIn,
    env: {
      JIRA_URL: siteUrl,
      JIRA_EMAIL: email,
      JIRA_API_TOKEN: apiToken,
      JIRA_API_URL: standIn.url,
    },
    data,
    deny: site.deny,
  };
}

/** Where a token with scopes finds the site: `https://api.atlassian.com/ex/jira/<cloud id>/rest/…`. */
const gateway = /^\/ex\/jira\/[0-9a-f-]{36}(?=\/)/;

/** Making a shop takes longer than copying it, and tests start many of one day. */
let made: { day: number; data: JiraData } | undefined;

function dataOf(today: Date): JiraData {
  const day = startOfDay(today);
  if (made?.day !== day) made = { day, data: jiraData(shopRecords({ today }), { today }) };
  return structuredClone(made.data);
}

/** Only what a site is may be asked without signing in; the media service has tokens of its own. */
const isLetIn = ({ path, headers }: StandInRequest, expected: string) =>
  headers.authorization === expected ||
  isMedia(path) ||
  (headers.authorization === undefined && path === '/rest/api/3/serverInfo');

const unauthorized: StandInAnswer = {
  status: 401,
  headers: {
    'content-type': 'application/json;charset=UTF-8',
    'www-authenticate': `OAuth realm="${encodeURIComponent(siteUrl)}"`,
    'x-seraph-loginreason': 'AUTHENTICATED_FAILED',
  },
  body: JSON.stringify({
    errorMessages: ['Client must be authenticated to access this resource.'],
    errors: {},
  }),
};

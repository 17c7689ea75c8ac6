import type { JiraField } from '../jira-fields.ts';
import { globalPermissions, type Permission, permissionNames } from '../permissions.ts';
import { Refusal } from '../refusal.ts';
import {
  issueTypeJson,
  linkTypeJson,
  priorityJson,
  resolutionJson,
  statusJson,
  userJson,
} from '../render/entity-json.ts';
import { siteUrl, toJiraTime } from '../render/site-urls.ts';
import { type JiraCall, listParameter, type Routes, toPage } from '../router.ts';

/** What a site says of itself, and its lists. */
export const siteRoutes: Routes = {
  'GET /rest/api/3/myself': ({ site }) => {
    const me = site.data.users.find(({ id }) => id === site.data.meId);
    if (!me) throw new Refusal(401, 'Client must be authenticated to access this resource.');
    // One's own address is never hidden.
    return {
      ...userJson({ ...me, showsEmail: true }),
      locale: 'en_US',
      expand: 'groups,applicationRoles',
    };
  },
  'GET /rest/api/3/serverInfo': ({ site }) => ({
    baseUrl: siteUrl,
    version: '1001.0.0-SNAPSHOT',
    versionNumbers: [1001, 0, 0],
    deploymentType: 'Cloud',
    buildNumber: 100305,
    buildDate: toJiraTime(site.now() - 86_400_000),
    serverTime: toJiraTime(site.now()),
    scmInfo: '5f1c0e3a9d7b4c2e8a6f0b1d2c3e4f5a6b7c8d9e',
    serverTitle: 'Jira',
    defaultLocale: { locale: 'en_US' },
  }),
  'GET /rest/api/3/mypermissions': myPermissions,
  'GET /rest/api/3/field': ({ site }) => site.data.fields.map(fieldJson),
  'GET /rest/api/3/field/search': searchFields,
  'GET /rest/api/3/priority': ({ site }) => site.data.priorities.map(priorityJson),
  'GET /rest/api/3/priority/search': ({ site, query }) =>
    toPage({ query }, site.data.priorities, {}, (priority) => ({
      ...priorityJson(priority),
      isDefault: priority.name === 'Medium',
    })),
  'GET /rest/api/3/status': ({ site }) => site.data.statuses.map(statusJson),
  'GET /rest/api/3/statuses/search': ({ site, query }) =>
    toPage(
      { query },
      site.data.statuses.filter(({ name }) => includes(name, query.get('searchString'))),
      { max: 200 },
      ({ id, name, category }) => ({
        id,
        name,
        statusCategory: { new: 'TODO', indeterminate: 'IN_PROGRESS', done: 'DONE' }[category],
        scope: { type: 'GLOBAL' },
        description: '',
      }),
    ),
  'GET /rest/api/3/issuetype': ({ site }) => site.data.issueTypes.map(issueTypeJson),
  'GET /rest/api/3/resolution': ({ site }) => site.data.resolutions.map(resolutionJson),
  'GET /rest/api/3/resolution/search': ({ site, query }) =>
    toPage({ query }, site.data.resolutions, {}, (each) => ({
      ...resolutionJson(each),
      isDefault: false,
    })),
  'GET /rest/api/3/issueLinkType': ({ site }) => ({
    issueLinkTypes: site.data.linkTypes.map(linkTypeJson),
  }),
  'GET /rest/api/3/label': ({ site, query }) => {
    const labels = site.data.issues.flatMap(({ values }) =>
      Array.isArray(values.labels) ? values.labels : [],
    );
    return toPage(
      { query },
      [...new Set(labels)].sort(),
      { size: 1000, max: 1000 },
      (label) => label,
    );
  },
};

export const includes = (text: string, part: string | null) =>
  part === null || text.toLowerCase().includes(part.toLowerCase());

/** A field as `/field` lists it. */
const fieldJson = ({ id, name, schema, clauses, kind, editable }: JiraField) => ({
  id,
  key: id,
  name,
  untranslatedName: name,
  custom: schema.custom !== undefined,
  orderable: editable,
  navigable: kind !== 'derived' || id === 'issuekey',
  searchable: clauses.length > 0,
  clauseNames: clauses,
  ...(id === 'issuekey' ? {} : { schema }),
});

function searchFields({ site, query }: JiraCall) {
  const ids = listParameter(query, 'id');
  const types = listParameter(query, 'type');
  const text = query.get('query');
  const found = site.data.fields.filter(
    ({ id, name, schema }) =>
      (ids.length === 0 || ids.includes(id)) &&
      (types.length === 0 || types.includes(schema.custom ? 'custom' : 'system')) &&
      includes(name, text),
  );
  return toPage({ query }, found, {}, ({ id, name, schema }) => ({
    id,
    key: id,
    name,
    schema,
    description: '',
    isLocked: false,
  }));
}

const isPermission = (key: string): key is Permission => Object.hasOwn(permissionNames, key);

function myPermissions({ site, query }: JiraCall) {
  const asked = listParameter(query, 'permissions');
  if (asked.length === 0)
    throw new Refusal(400, 'The permissions query parameter is required. It cannot be empty.');
  const unknown = asked.filter((key) => !isPermission(key));
  if (unknown.length > 0) throw new Refusal(400, `Unrecognized permission: ${unknown.join(', ')}`);
  const project = query.get('projectKey') ?? query.get('projectId');
  if (project && !site.data.projects.some(({ id, key }) => id === project || key === project))
    throw new Refusal(404, `No project could be found with key '${project}'.`);
  const issue = query.get('issueKey') ?? query.get('issueId');
  if (issue) site.issue(issue);
  return {
    permissions: Object.fromEntries(
      asked.filter(isPermission).map((key, at) => [
        key,
        {
          id: String(at + 1),
          key,
          name: permissionNames[key],
          type: globalPermissions.includes(key) ? 'GLOBAL' : 'PROJECT',
          description: '',
          havePermission: site.may(key),
        },
      ]),
    ),
  };
}

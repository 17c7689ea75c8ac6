import type { JiraProject } from '../jira-data.ts';
import type { JiraSite } from '../jira-site.ts';
import { Refusal } from '../refusal.ts';
import {
  componentJson,
  issueTypeJson,
  projectJson,
  statusJson,
  versionJson,
  wholeProjectJson,
} from '../render/entity-json.ts';
import { type JiraCall, listParameter, type Routes, toPage } from '../router.ts';
import { includes } from './site-routes.ts';

export const projectRoutes: Routes = {
  'GET /rest/api/3/project/search': search,
  'GET /rest/api/3/project/{project}': ({ site, params }) =>
    wholeProjectJson(find(site, params.project), site.data),
  'GET /rest/api/3/project/{project}/statuses': ({ site, params }) => {
    const { typeIds, statusIds } = find(site, params.project);
    const statuses = site.data.statuses.filter(({ id }) => statusIds.includes(id)).map(statusJson);
    return site.data.issueTypes
      .filter(({ id }) => typeIds.includes(id))
      .map((type) => {
        const { self, id, name, subtask } = issueTypeJson(type);
        return { self, id, name, subtask, statuses };
      });
  },
  'GET /rest/api/3/project/{project}/components': ({ site, params }) => {
    const { id } = find(site, params.project);
    return site.data.components.filter(({ projectId }) => projectId === id).map(componentJson);
  },
  'GET /rest/api/3/project/{project}/versions': ({ site, params }) => {
    const { id } = find(site, params.project);
    return site.data.versions.filter(({ projectId }) => projectId === id).map(versionJson);
  },
};

function find(site: JiraSite, idOrKey = ''): JiraProject {
  const project = site.data.projects.find(
    ({ id, key }) => id === idOrKey || key === idOrKey.toUpperCase(),
  );
  if (!project || !site.may('BROWSE_PROJECTS'))
    throw new Refusal(404, `No project could be found with key '${idOrKey}'.`);
  return project;
}

function search({ site, query }: JiraCall) {
  const expand = listParameter(query, 'expand');
  const keys = listParameter(query, 'keys');
  const found = site.data.projects
    .filter(() => site.may('BROWSE_PROJECTS'))
    .filter(
      ({ key, name }) => includes(key, query.get('query')) || includes(name, query.get('query')),
    )
    .filter(({ key }) => keys.length === 0 || keys.includes(key))
    .toSorted((a, b) => a.key.localeCompare(b.key));
  return toPage({ query }, found, {}, (project) => {
    const { lead, description, issueTypes, style, isPrivate } = wholeProjectJson(
      project,
      site.data,
    );
    return {
      expand: 'description,lead,issueTypes,url,projectKeys,permissions,insight',
      ...projectJson(project),
      style,
      isPrivate,
      properties: {},
      ...(expand.includes('lead') ? { lead } : {}),
      ...(expand.includes('description') ? { description } : {}),
      ...(expand.includes('issueTypes') ? { issueTypes } : {}),
    };
  });
}

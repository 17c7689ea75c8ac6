import { readFields, toRecord } from '../edit-issue.ts';
import type { JiraIssue, JiraProject } from '../jira-data.ts';
import type { JiraField } from '../jira-fields.ts';
import type { JiraSite } from '../jira-site.ts';
import { Refusal } from '../refusal.ts';
import { issueTypeJson } from '../render/entity-json.ts';
import { fieldMeta } from '../render/field-meta.ts';
import { selfUrl } from '../render/site-urls.ts';
import { Answer, type JiraCall, type Routes, toPage } from '../router.ts';

export const createRoutes: Routes = {
  'POST /rest/api/3/issue': createIssue,
  'GET /rest/api/3/issue/createmeta/{project}/issuetypes': ({ site, params, query }) => {
    const project = findProject(site, params.project);
    const types = site.data.issueTypes.filter(({ id }) => project.typeIds.includes(id));
    const { values, isLast: _, ...page } = toPage({ query }, types, {}, issueTypeJson);
    return { ...page, issueTypes: values };
  },
  'GET /rest/api/3/issue/createmeta/{project}/issuetypes/{type}': ({ site, params, query }) => {
    const project = findProject(site, params.project);
    const type = site.data.issueTypes.find(
      ({ id }) => id === params.type && project.typeIds.includes(id),
    );
    if (!type) throw new Refusal(404, 'The issue type is not valid for the project.');
    const shown = createFields(site, project, type.level);
    const {
      values,
      isLast: _,
      ...page
    } = toPage({ query }, shown, {}, (field) => ({
      ...fieldMeta(site, field, { projectId: project.id, required: isRequired(field, type.level) }),
      fieldId: field.id,
    }));
    return { ...page, fields: values };
  },
};

function findProject(site: JiraSite, idOrKey = ''): JiraProject {
  const project = site.data.projects.find(({ id, key }) => id === idOrKey || key === idOrKey);
  if (!project || !site.may('CREATE_ISSUES') || !site.may('BROWSE_PROJECTS'))
    throw new Refusal(
      404,
      'The project is not found or you do not have permission to create issues in it.',
    );
  return project;
}

/** The fields of the create screen, the project among them. */
const createFields = ({ data }: JiraSite, { fieldIds }: JiraProject, level: number): JiraField[] =>
  data.fields.filter(
    ({ id, editable }) =>
      id === 'project' || (editable && fieldIds.includes(id) && (id !== 'parent' || level < 1)),
  );

const isRequired = ({ id }: JiraField, level: number) =>
  ['summary', 'issuetype', 'project'].includes(id) || (id === 'parent' && level === -1);

function createIssue({ site, body }: JiraCall) {
  const { project: projectGiven, issuetype, ...rest } = toRecord(body.fields);
  const project = readProject(site, projectGiven);
  const type = readType(site, project, issuetype);
  const shown = createFields(site, project, type.level);
  const values = readFields(
    site,
    { fields: { summary: null, ...rest }, ...(body.update ? { update: body.update } : {}) },
    { projectId: project.id, isShown: (field) => shown.includes(field) },
  );
  if (type.level === -1 && !values.parent)
    throw new Refusal(400, [], {
      parentId: 'Issue type is a sub-task but parent issue key or id not specified.',
    });
  const issue = toIssue(site, project, { ...values, issuetype: type.id });
  site.add(issue);
  return new Answer(201, { id: issue.id, key: issue.key, self: selfUrl(`issue/${issue.id}`) });
}

function readProject(site: JiraSite, given: unknown): JiraProject {
  const { id, key } = toRecord(given);
  const project = site.data.projects.find((each) => each.id === id || each.key === key);
  if (!project || !site.may('BROWSE_PROJECTS'))
    throw new Refusal(400, [], { project: 'Specify a valid project ID or key' });
  if (!site.may('CREATE_ISSUES'))
    throw new Refusal(400, [], {
      project: 'You do not have permission to create issues in this project.',
    });
  return project;
}

function readType({ data }: JiraSite, { typeIds }: JiraProject, given: unknown) {
  const { id, name } = toRecord(given);
  const type = data.issueTypes.find(
    (each) => typeIds.includes(each.id) && (id === undefined ? each.name === name : each.id === id),
  );
  if (!type) throw new Refusal(400, [], { issuetype: 'Specify a valid issue type' });
  return type;
}

function toIssue(site: JiraSite, project: JiraProject, given: JiraIssue['values']): JiraIssue {
  const { data } = site;
  const now = site.now();
  const numbers = data.issues
    .flatMap(({ key, oldKeys }) => [key, ...oldKeys])
    .filter((key) => key.startsWith(`${project.key}-`))
    .map((key) => Number(key.split('-')[1]));
  const medium = data.priorities.find(({ name }) => name === 'Medium');
  return {
    id: site.newId(),
    key: `${project.key}-${Math.max(0, ...numbers) + 1}`,
    oldKeys: [],
    values: {
      priority: medium?.id ?? null,
      reporter: data.meId,
      ...given,
      project: project.id,
      status: project.statusIds[0] ?? null,
      creator: data.meId,
      created: now,
      updated: now,
    },
    comments: [],
    changes: [],
    attachments: [],
    worklogs: [],
    watcherIds: [data.meId],
  };
}

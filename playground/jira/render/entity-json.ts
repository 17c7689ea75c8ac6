import type {
  Entity,
  JiraComponent,
  JiraData,
  JiraIssueType,
  JiraLinkType,
  JiraProject,
  JiraSprint,
  JiraStatus,
  JiraUser,
  JiraVersion,
} from '../jira-data.ts';
import { selfUrl, siteUrl } from './site-urls.ts';

const avatars = (kind: string, id: string) =>
  Object.fromEntries(
    [16, 24, 32, 48].map((size) => [
      `${size}x${size}`,
      `${siteUrl}/rest/api/3/universal_avatar/view/type/${kind}/avatar/${id}?size=${size}`,
    ]),
  );

/** A person, without the e-mail that most hide. */
export const userJson = ({ id, name, email, showsEmail, active, timeZone }: JiraUser) => ({
  self: selfUrl(`user?accountId=${encodeURIComponent(id)}`),
  accountId: id,
  ...(showsEmail ? { emailAddress: email } : {}),
  avatarUrls: avatars('user', '10350'),
  displayName: name,
  active,
  timeZone,
  accountType: 'atlassian',
});

const categories = {
  new: { id: 2, key: 'new', colorName: 'blue-gray', name: 'To Do' },
  indeterminate: { id: 4, key: 'indeterminate', colorName: 'yellow', name: 'In Progress' },
  done: { id: 3, key: 'done', colorName: 'green', name: 'Done' },
};

/** The three kinds of status, by key. */
export const categoryJson = (key: keyof typeof categories) => ({
  self: selfUrl(`statuscategory/${categories[key].id}`),
  ...categories[key],
});

export const statusJson = ({ id, name, category }: JiraStatus) => ({
  self: selfUrl(`status/${id}`),
  description: '',
  iconUrl: `${siteUrl}/images/icons/statuses/generic.png`,
  name,
  id,
  statusCategory: categoryJson(category),
});

export const issueTypeJson = ({ id, name, description, level }: JiraIssueType) => ({
  self: selfUrl(`issuetype/${id}`),
  id,
  description,
  iconUrl: `${siteUrl}/rest/api/2/universal_avatar/view/type/issuetype/avatar/10300?size=medium`,
  name,
  subtask: level === -1,
  avatarId: 10300,
  hierarchyLevel: level,
});

export const priorityJson = ({ id, name }: Entity) => ({
  self: selfUrl(`priority/${id}`),
  iconUrl: `${siteUrl}/images/icons/priorities/${name.toLowerCase()}.svg`,
  name,
  id,
});

export const resolutionJson = ({ id, name }: Entity) => ({
  self: selfUrl(`resolution/${id}`),
  id,
  description: '',
  name,
});

export const componentJson = ({ id, name }: JiraComponent) => ({
  self: selfUrl(`component/${id}`),
  id,
  name,
});

export const versionJson = ({ id, name, released, releaseDate }: JiraVersion) => ({
  self: selfUrl(`version/${id}`),
  id,
  name,
  archived: false,
  released,
  ...(releaseDate ? { releaseDate } : {}),
});

export const linkTypeJson = ({ id, name, inward, outward }: JiraLinkType) => ({
  id,
  name,
  inward,
  outward,
  self: selfUrl(`issueLinkType/${id}`),
});

export const optionJson = ({ id, name }: Entity) => ({
  self: selfUrl(`customFieldOption/${id}`),
  value: name,
  id,
});

/** A sprint as an issue's field shows it and, with more, as the boards' part of the API does. */
export const sprintJson = ({
  id,
  name,
  state,
  boardId,
  goal,
  start,
  end,
  completed,
}: JiraSprint) => ({
  id,
  name,
  state,
  boardId,
  goal,
  ...(start === undefined ? {} : { startDate: new Date(start).toISOString() }),
  ...(end === undefined ? {} : { endDate: new Date(end).toISOString() }),
  ...(completed === undefined ? {} : { completeDate: new Date(completed).toISOString() }),
});

/** A project as it stands in an issue or a list. */
export const projectJson = ({ id, key, name, type }: JiraProject) => ({
  self: selfUrl(`project/${id}`),
  id,
  key,
  name,
  projectTypeKey: type,
  simplified: false,
  avatarUrls: avatars('project', '10400'),
});

/** A project with all that is known of it. */
export const wholeProjectJson = (project: JiraProject, data: JiraData) => {
  const lead = data.users.find(({ id }) => id === project.leadId);
  const own = ({ projectId }: JiraComponent) => projectId === project.id;
  return {
    expand: 'description,lead,issueTypes,url,projectKeys,permissions,insight',
    ...projectJson(project),
    description: project.description,
    ...(lead ? { lead: userJson(lead) } : {}),
    components: data.components.filter(own).map(componentJson),
    issueTypes: data.issueTypes.filter(({ id }) => project.typeIds.includes(id)).map(issueTypeJson),
    assigneeType: 'UNASSIGNED',
    versions: data.versions.filter(own).map((version) => ({
      ...versionJson(version),
      projectId: Number(project.id),
    })),
    roles: {},
    style: 'classic',
    isPrivate: false,
    properties: {},
  };
};

/** Which list of the site's a field chooses from. */
export type EntityKind =
  | 'users'
  | 'projects'
  | 'issueTypes'
  | 'statuses'
  | 'priorities'
  | 'resolutions'
  | 'components'
  | 'versions'
  | 'options'
  | 'sprints'
  | 'issues';

/** What a field holds. `derived` is worked out from elsewhere: comments, links, sub-tasks. */
export type FieldKind =
  | 'text'
  | 'document'
  | 'number'
  | 'date'
  | 'moment'
  | 'labels'
  | 'entity'
  | 'entities'
  | 'derived';

export interface JiraField {
  id: string;
  name: string;
  kind: FieldKind;
  /** Of `entity` and `entities`. */
  of?: EntityKind;
  /** As Jira describes it: `number`, `array`, `com.atlassian.jira.plugin.system.customfieldtypes:float` … */
  schema: { type: string; items?: string; system?: string; custom?: string; customId?: number };
  /** Its names in JQL, the first one preferred; none: not to be searched for. */
  clauses: string[];
  /** Set by people, on a screen. */
  editable: boolean;
}

const system = (
  id: string,
  name: string,
  kind: FieldKind,
  {
    type,
    items,
    of,
    clauses,
    editable = false,
  }: Partial<JiraField> & { type: string; items?: string },
): JiraField => ({
  id,
  name,
  kind,
  ...(of ? { of } : {}),
  schema: { type, ...(items ? { items } : {}), system: id },
  clauses: clauses ?? [id],
  editable,
});

const standardTypes = 'com.atlassian.jira.plugin.system.customfieldtypes:';
const agileTypes = 'com.pyxis.greenhopper.jira:';

/** A custom field by its number: `customfield_10016`, in JQL by name and `cf[10016]`. */
export const custom = (
  number: number,
  name: string,
  kind: FieldKind,
  {
    type,
    items,
    of,
    custom,
    editable = true,
  }: { type: string; items?: string; of?: EntityKind; custom: string; editable?: boolean },
): JiraField => ({
  id: `customfield_${number}`,
  name,
  kind,
  ...(of ? { of } : {}),
  schema: {
    type,
    ...(items ? { items } : {}),
    custom: `${custom.startsWith('gh-') || custom.startsWith('jsw-') ? agileTypes : standardTypes}${custom}`,
    customId: number,
  },
  clauses: [name, `cf[${number}]`],
  editable,
});

/** The fields that every site has. */
export const systemFields: JiraField[] = [
  system('summary', 'Summary', 'text', { type: 'string', editable: true }),
  system('description', 'Description', 'document', { type: 'string', editable: true }),
  system('environment', 'Environment', 'document', { type: 'string', editable: true }),
  system('project', 'Project', 'entity', { type: 'project', of: 'projects' }),
  system('issuetype', 'Issue Type', 'entity', {
    type: 'issuetype',
    of: 'issueTypes',
    clauses: ['issuetype', 'type'],
    editable: true,
  }),
  system('status', 'Status', 'entity', { type: 'status', of: 'statuses' }),
  system('statusCategory', 'Status Category', 'derived', { type: 'statusCategory' }),
  system('statuscategorychangedate', 'Status Category Changed', 'moment', {
    type: 'datetime',
    clauses: ['statusCategoryChangedDate'],
  }),
  system('priority', 'Priority', 'entity', { type: 'priority', of: 'priorities', editable: true }),
  system('resolution', 'Resolution', 'entity', { type: 'resolution', of: 'resolutions' }),
  system('resolutiondate', 'Resolved', 'moment', {
    type: 'datetime',
    clauses: ['resolved', 'resolutiondate'],
  }),
  system('assignee', 'Assignee', 'entity', { type: 'user', of: 'users', editable: true }),
  system('reporter', 'Reporter', 'entity', { type: 'user', of: 'users', editable: true }),
  system('creator', 'Creator', 'entity', { type: 'user', of: 'users' }),
  system('created', 'Created', 'moment', { type: 'datetime', clauses: ['created', 'createdDate'] }),
  system('updated', 'Updated', 'moment', { type: 'datetime', clauses: ['updated', 'updatedDate'] }),
  system('duedate', 'Due date', 'date', {
    type: 'date',
    clauses: ['due', 'duedate'],
    editable: true,
  }),
  system('labels', 'Labels', 'labels', { type: 'array', items: 'string', editable: true }),
  system('components', 'Components', 'entities', {
    type: 'array',
    items: 'component',
    of: 'components',
    clauses: ['component'],
    editable: true,
  }),
  system('fixVersions', 'Fix versions', 'entities', {
    type: 'array',
    items: 'version',
    of: 'versions',
    clauses: ['fixVersion'],
    editable: true,
  }),
  system('versions', 'Affects versions', 'entities', {
    type: 'array',
    items: 'version',
    of: 'versions',
    clauses: ['affectedVersion'],
    editable: true,
  }),
  { ...system('parent', 'Parent', 'entity', { type: 'issuelink', of: 'issues', editable: true }) },
  system('subtasks', 'Sub-tasks', 'derived', {
    type: 'array',
    items: 'issuelinks',
    clauses: ['subtasks'],
  }),
  system('issuelinks', 'Linked Issues', 'derived', {
    type: 'array',
    items: 'issuelinks',
    clauses: ['issueLinkType'],
  }),
  system('comment', 'Comment', 'derived', { type: 'comments-page' }),
  system('attachment', 'Attachment', 'derived', {
    type: 'array',
    items: 'attachment',
    clauses: ['attachments'],
  }),
  system('worklog', 'Log Work', 'derived', { type: 'array', items: 'worklog', clauses: [] }),
  system('timespent', 'Time Spent', 'derived', { type: 'number', clauses: ['timespent'] }),
  system('watches', 'Watchers', 'derived', { type: 'watches', clauses: ['watchers'] }),
  system('votes', 'Votes', 'derived', { type: 'votes' }),
  {
    id: 'issuekey',
    name: 'Key',
    kind: 'derived',
    schema: { type: 'string', system: 'issuekey' },
    clauses: ['id', 'issue', 'issuekey', 'key'],
    editable: false,
  },
];

/** Fields that Jira Software adds. */
export const agileFields: JiraField[] = [
  custom(10015, 'Start date', 'date', { type: 'date', custom: 'datepicker' }),
  custom(10019, 'Rank', 'text', { type: 'any', custom: 'gh-lexo-rank', editable: false }),
  custom(10020, 'Sprint', 'entities', {
    type: 'array',
    items: 'json',
    of: 'sprints',
    custom: 'gh-sprint',
  }),
  custom(10021, 'Flagged', 'entities', {
    type: 'array',
    items: 'option',
    of: 'options',
    custom: 'multicheckboxes',
  }),
];

export const sprintField = 'customfield_10020';

import type { JiraData, JiraProject, JiraTransition } from '../../jira/jira-data.ts';
import { agileFields, custom, systemFields } from '../../jira/jira-fields.ts';
import { jiraPeople } from './jira-people.ts';

/** Custom fields by what they are for. Two of them are called "Story Points", as happens. */
export const jiraFieldIds = {
  storyPoints: 'customfield_10016',
  sprint: 'customfield_10020',
  oldStoryPoints: 'customfield_10026',
  severity: 'customfield_10030',
  reason: 'customfield_10031',
  orderNumber: 'customfield_10032',
  customerEmail: 'customfield_10033',
  affectedSkus: 'customfield_10034',
  rootCause: 'customfield_10035',
  paymentProvider: 'customfield_10036',
  reviewer: 'customfield_10037',
  warehouseBin: 'customfield_10038',
} as const;

const customFields = [
  custom(10016, 'Story Points', 'number', { type: 'number', custom: 'float' }),
  custom(10026, 'Story Points', 'number', { type: 'number', custom: 'float' }),
  custom(10030, 'Severity', 'entity', { type: 'option', of: 'options', custom: 'select' }),
  custom(10031, 'Reason', 'text', { type: 'string', custom: 'textfield' }),
  custom(10032, 'Order number', 'text', { type: 'string', custom: 'textfield' }),
  custom(10033, 'Customer e-mail', 'text', { type: 'string', custom: 'textfield' }),
  custom(10034, 'Affected SKUs', 'labels', { type: 'array', items: 'string', custom: 'labels' }),
  custom(10035, 'Root cause', 'document', { type: 'string', custom: 'textarea' }),
  custom(10036, 'Payment provider', 'entity', { type: 'option', of: 'options', custom: 'select' }),
  custom(10037, 'Reviewer', 'entity', { type: 'user', of: 'users', custom: 'userpicker' }),
  custom(10038, 'Warehouse bin', 'entity', { type: 'option', of: 'options', custom: 'select' }),
];

const commonFields = [
  'summary',
  'description',
  'environment',
  'issuetype',
  'priority',
  'assignee',
  'reporter',
  'duedate',
  'labels',
  'components',
  'parent',
];

export const statusIds = {
  'To Do': '10000',
  'In Progress': '10001',
  'In Review': '10002',
  Done: '10003',
  Blocked: '10004',
  'Waiting for support': '10010',
  'Waiting for customer': '10011',
  Resolved: '10012',
} as const;

export type StatusName = keyof typeof statusIds;

export const typeIds = {
  Epic: '10100',
  Story: '10101',
  Task: '10102',
  Bug: '10103',
  'Sub-task': '10104',
  Incident: '10105',
  'Support request': '10106',
} as const;

export type TypeName = keyof typeof typeIds;

export const priorityIds = { Highest: '1', High: '2', Medium: '3', Low: '4', Lowest: '5' } as const;

export type PriorityName = keyof typeof priorityIds;

export const resolutionIds = {
  Done: '10000',
  'Won’t Do': '10001',
  Duplicate: '10002',
  'Cannot Reproduce': '10003',
} as const;

const step = (
  id: string,
  name: string,
  from: StatusName[],
  to: StatusName,
  screen?: JiraTransition['screen'],
): JiraTransition => ({
  id,
  name,
  from: from.map((status) => statusIds[status]),
  to: statusIds[to],
  ...(screen ? { screen } : {}),
});

const { reason, severity, storyPoints, sprint, oldStoryPoints, orderNumber, customerEmail } =
  jiraFieldIds;
const { affectedSkus, rootCause, paymentProvider, reviewer, warehouseBin } = jiraFieldIds;

const shop: JiraProject = {
  id: '10001',
  key: 'SHOP',
  name: 'Web shop',
  description: 'Everything that customers see of the shop.',
  type: 'software',
  leadId: jiraPeople[0]?.id ?? '',
  typeIds: ['Epic', 'Story', 'Task', 'Bug', 'Sub-task'].map((name) => typeIds[name as TypeName]),
  statusIds: [statusIds['To Do'], statusIds['In Progress'], statusIds['In Review'], statusIds.Done],
  transitions: [
    step('11', 'Start', ['To Do'], 'In Progress'),
    step('21', 'Send to review', ['In Progress'], 'In Review', [
      { field: reviewer, required: false },
    ]),
    step('31', 'Close', ['To Do', 'In Progress', 'In Review'], 'Done'),
    step('41', 'Back to work', ['In Review'], 'In Progress'),
    step('51', 'Reopen', ['Done'], 'To Do'),
  ],
  fieldIds: [
    ...commonFields,
    'fixVersions',
    'versions',
    storyPoints,
    sprint,
    'customfield_10015',
    'customfield_10019',
    'customfield_10021',
    affectedSkus,
    reviewer,
  ],
};

const operations: JiraProject = {
  id: '10002',
  key: 'OPS',
  name: 'Operations',
  description: 'Incidents, stock and the machines behind the shop.',
  type: 'software',
  leadId: jiraPeople[2]?.id ?? '',
  typeIds: [typeIds.Incident, typeIds.Task, typeIds['Sub-task']],
  statusIds: [statusIds['To Do'], statusIds['In Progress'], statusIds.Blocked, statusIds.Done],
  transitions: [
    step('11', 'Start', ['To Do'], 'In Progress'),
    step('31', 'Done', ['To Do', 'In Progress', 'Blocked'], 'Done'),
    step('41', 'Block', ['To Do', 'In Progress'], 'Blocked', [
      { field: reason, required: true },
      { field: 'comment', required: false },
    ]),
    step('51', 'Unblock', ['Blocked'], 'In Progress'),
    step('61', 'Reopen', ['Done'], 'To Do'),
  ],
  fieldIds: [
    ...commonFields,
    severity,
    reason,
    rootCause,
    affectedSkus,
    paymentProvider,
    warehouseBin,
    oldStoryPoints,
    'customfield_10019',
  ],
};

const support: JiraProject = {
  id: '10003',
  key: 'SUP',
  name: 'Customer support',
  description: 'What customers ask and complain about.',
  type: 'service_desk',
  leadId: jiraPeople[5]?.id ?? '',
  typeIds: [typeIds['Support request'], typeIds.Task],
  statusIds: [
    statusIds['Waiting for support'],
    statusIds['In Progress'],
    statusIds['Waiting for customer'],
    statusIds.Resolved,
  ],
  transitions: [
    step('11', 'Start work', ['Waiting for support', 'Waiting for customer'], 'In Progress'),
    step('21', 'Ask the customer', ['In Progress'], 'Waiting for customer'),
    step('31', 'Resolve', [], 'Resolved', [{ field: 'resolution', required: true }]),
    step('41', 'Reopen', ['Resolved'], 'Waiting for support'),
  ],
  fieldIds: [...commonFields, orderNumber, customerEmail, affectedSkus, paymentProvider],
};

const bins = Array.from({ length: 640 }, (_, at) => {
  const aisle = String.fromCharCode(65 + Math.floor(at / 40));
  return {
    id: String(20_000 + at),
    name: `${aisle}-${String((at % 40) + 1).padStart(2, '0')}`,
    fieldId: warehouseBin,
  };
});

const named = (ids: Record<string, string>) =>
  Object.entries(ids).map(([name, id]) => ({ id, name }));

/** The site without its issues, boards' sprints and links. */
export const jiraSite: Omit<JiraData, 'issues' | 'links' | 'sprints'> = {
  meId: jiraPeople[0]?.id ?? '',
  users: jiraPeople,
  groups: [
    { name: 'shop-developers', userIds: jiraPeople.slice(0, 4).map(({ id }) => id) },
    { name: 'support-team', userIds: jiraPeople.slice(4).map(({ id }) => id) },
    { name: 'jira-users-lindenwares', userIds: jiraPeople.map(({ id }) => id) },
  ],
  projects: [shop, operations, support],
  issueTypes: named(typeIds).map(({ id, name }) => ({
    id,
    name,
    description: '',
    level: name === 'Epic' ? 1 : name === 'Sub-task' ? -1 : 0,
  })),
  statuses: named(statusIds).map(({ id, name }) => ({ id, name, category: toCategory(name) })),
  priorities: named(priorityIds).toSorted((a, b) => Number(a.id) - Number(b.id)),
  resolutions: named(resolutionIds),
  components: [
    { id: '10200', name: 'Checkout', projectId: shop.id },
    { id: '10201', name: 'Catalogue', projectId: shop.id },
    { id: '10202', name: 'Search', projectId: shop.id },
    { id: '10203', name: 'Accounts', projectId: shop.id },
    { id: '10210', name: 'Payments', projectId: operations.id },
    { id: '10211', name: 'Warehouse', projectId: operations.id },
    { id: '10212', name: 'Hosting', projectId: operations.id },
  ],
  versions: [
    { id: '10300', name: '3.8', projectId: shop.id, released: true },
    { id: '10301', name: '3.9', projectId: shop.id, released: true },
    { id: '10302', name: '4.0', projectId: shop.id, released: false },
  ],
  options: [
    { id: '10400', name: 'SEV1', fieldId: severity },
    { id: '10401', name: 'SEV2', fieldId: severity },
    { id: '10402', name: 'SEV3', fieldId: severity },
    { id: '10410', name: 'Quillpay', fieldId: paymentProvider },
    { id: '10411', name: 'Banksia', fieldId: paymentProvider },
    { id: '10420', name: 'Impediment', fieldId: 'customfield_10021' },
    ...bins,
  ],
  linkTypes: [
    { id: '10500', name: 'Blocks', inward: 'is blocked by', outward: 'blocks' },
    { id: '10501', name: 'Duplicate', inward: 'is duplicated by', outward: 'duplicates' },
    { id: '10502', name: 'Problem/Incident', inward: 'is caused by', outward: 'causes' },
    { id: '10503', name: 'Relates', inward: 'relates to', outward: 'relates to' },
  ],
  fields: [...systemFields, ...agileFields, ...customFields],
  boards: [
    { id: 1, name: 'SHOP board', type: 'scrum', projectId: shop.id, estimateField: storyPoints },
    { id: 2, name: 'OPS board', type: 'kanban', projectId: operations.id },
    { id: 3, name: 'SUP board', type: 'kanban', projectId: support.id },
  ],
};

function toCategory(status: string): 'new' | 'indeterminate' | 'done' {
  if (status === 'To Do' || status === 'Waiting for support') return 'new';
  return status === 'Done' || status === 'Resolved' ? 'done' : 'indeterminate';
}

import type { AdfNode } from './adf/adf-node.ts';
import type { JiraField } from './jira-fields.ts';

/** What has an id and a name: a status, a user, an option … */
export interface Entity {
  id: string;
  name: string;
}

export interface JiraUser extends Entity {
  /** Most people hide it. */
  email: string;
  showsEmail: boolean;
  active: boolean;
  timeZone: string;
}

export interface JiraStatus extends Entity {
  category: 'new' | 'indeterminate' | 'done';
}

export interface JiraIssueType extends Entity {
  description: string;
  /** 1 an epic, 0 a usual issue, -1 a sub-task. */
  level: 1 | 0 | -1;
}

export interface JiraTransition extends Entity {
  /** Ids of statuses; none means from any other. */
  from: string[];
  to: string;
  /** Fields of its screen; the first ones are required. */
  screen?: { field: string; required: boolean }[];
}

export interface JiraProject extends Entity {
  key: string;
  description: string;
  type: 'software' | 'service_desk';
  leadId: string;
  typeIds: string[];
  statusIds: string[];
  transitions: JiraTransition[];
  /** Fields that its screens show. */
  fieldIds: string[];
}

export interface JiraComponent extends Entity {
  projectId: string;
}

export interface JiraVersion extends JiraComponent {
  released: boolean;
  /** `2026-11-22`. */
  releaseDate?: string;
}

export interface JiraOption extends Entity {
  fieldId: string;
}

export interface JiraSprint {
  id: number;
  name: string;
  boardId: number;
  state: 'closed' | 'active' | 'future';
  goal: string;
  /** Milliseconds since 1970. */
  start?: number;
  end?: number;
  completed?: number;
}

export interface JiraBoard {
  id: number;
  name: string;
  type: 'scrum' | 'kanban';
  projectId: string;
  /** Where an estimate stands. */
  estimateField?: string;
}

export interface JiraLinkType extends Entity {
  inward: string;
  outward: string;
}

/** `from` blocks `to`: the outward words stand on `from`. */
export interface JiraLink {
  id: string;
  typeId: string;
  from: string;
  to: string;
}

export interface JiraComment {
  id: string;
  authorId: string;
  body: AdfNode;
  /** Milliseconds since 1970. */
  created: number;
  updated: number;
  /** Only this role or group reads it. */
  visibility?: { type: 'role' | 'group'; value: string };
}

export interface JiraChangeItem {
  fieldId: string;
  from: string | null;
  fromText: string | null;
  to: string | null;
  toText: string | null;
}

export interface JiraChange {
  id: string;
  authorId: string;
  created: number;
  items: JiraChangeItem[];
}

export interface JiraAttachment {
  id: string;
  filename: string;
  authorId: string;
  created: number;
  mimeType: string;
  content: Uint8Array;
}

export interface JiraWorklog {
  id: string;
  authorId: string;
  comment?: AdfNode;
  started: number;
  created: number;
  seconds: number;
}

/** A field's value as it is kept: an entity by its id, a moment in milliseconds, a date as `2026-11-22`. */
export type FieldValue = string | number | null | string[] | AdfNode;

export interface JiraIssue {
  id: string;
  key: string;
  /** From before it moved. */
  oldKeys: string[];
  /** By the field's id; what is missing is empty. */
  values: Record<string, FieldValue>;
  comments: JiraComment[];
  changes: JiraChange[];
  attachments: JiraAttachment[];
  worklogs: JiraWorklog[];
  watcherIds: string[];
}

/** All that a Jira site holds. Ids are unique in their kind; lists are in Jira's order (priorities: the highest first). */
export interface JiraData {
  /** Who signs in. */
  meId: string;
  users: JiraUser[];
  groups: { name: string; userIds: string[] }[];
  projects: JiraProject[];
  issueTypes: JiraIssueType[];
  statuses: JiraStatus[];
  priorities: Entity[];
  resolutions: Entity[];
  components: JiraComponent[];
  versions: JiraVersion[];
  options: JiraOption[];
  linkTypes: JiraLinkType[];
  fields: JiraField[];
  boards: JiraBoard[];
  sprints: JiraSprint[];
  issues: JiraIssue[];
  links: JiraLink[];
}

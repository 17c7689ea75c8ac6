import type { AdfNode } from '../../jira/adf/adf-node.ts';
import { doc, paragraph } from '../../jira/adf/write-adf.ts';
import type { FieldValue, JiraAttachment } from '../../jira/jira-data.ts';
import type { PriorityName, resolutionIds, StatusName, TypeName } from './jira-site.ts';

/** A ticket before it has a key: what happened to it, in the words of the team. */
export interface Ticket {
  /** Unique; how other tickets name it. */
  ref: string;
  project: 'SHOP' | 'OPS' | 'SUP';
  type: TypeName;
  summary: string;
  description?: AdfNode;
  priority?: PriorityName;
  /** Milliseconds since 1970. */
  created: number;
  /** Places in the list of people. */
  reporter: number;
  assignee?: number;
  /** The way it went, in order; none: it is where it began. */
  steps?: { to: StatusName; at: number; by: number }[];
  resolution?: keyof typeof resolutionIds;
  comments?: { by: number; at: number; body: AdfNode }[];
  /** A ref, of an earlier ticket. */
  parent?: string;
  labels?: string[];
  components?: string[];
  fixVersions?: string[];
  /** `2026-11-22`. */
  due?: string;
  /** More fields by id. */
  fields?: Record<string, FieldValue>;
  /** Its priority at first, and when it became what it is. */
  priorityBefore?: { was: PriorityName; at: number; by: number };
  links?: { type: 'Blocks' | 'Duplicate' | 'Problem/Incident' | 'Relates'; to: string }[];
  attachments?: Omit<JiraAttachment, 'id' | 'authorId' | 'created'>[];
  worklogs?: { by: number; at: number; seconds: number }[];
  watchers?: number[];
}

/** A document of plain paragraphs. */
export const words = (...lines: string[]): AdfNode => doc(...lines.map((line) => paragraph(line)));

import type { Entity, JiraIssue } from '../jira-data.ts';
import type { JiraField } from '../jira-fields.ts';
import type { JiraSite } from '../jira-site.ts';
import { toMoment } from './dates.ts';
import { JqlError } from './jql-error.ts';
import {
  documentText,
  emptiness,
  equality,
  isCalled,
  missingValue,
  type Scalar,
  type SearchField,
} from './search-field.ts';

const comparison = ['>', '>=', '<', '<='];
const history = ['was', 'was in', 'was not', 'was not in', 'changed'];
const withHistory = ['status', 'assignee', 'reporter', 'priority', 'resolution', 'fixVersions'];
/** Lists whose order means something. */
const ranked = ['priorities', 'versions'];

/** How JQL searches by a field that holds a value. */
export function toSearchField(site: JiraSite, field: JiraField): SearchField {
  const { id, clauses, kind, schema } = field;
  const name = clauses[0] ?? id;
  const read = (issue: JiraIssue): Scalar[] => {
    const value = issue.values[id] ?? null;
    if (Array.isArray(value)) return value;
    return value === null || typeof value === 'object' ? [] : [value];
  };
  const base = {
    name,
    names: clauses,
    fieldId: id,
    sortable: true,
    read,
    rank: (value: Scalar) => value,
  };
  if (kind === 'text' || kind === 'document') {
    const text = (issue: JiraIssue) => documentText(issue.values[id]);
    return {
      ...base,
      type: 'text',
      operators: ['~', '!~', ...emptiness],
      text,
      read: (issue) => (text(issue) ? [text(issue).toLowerCase()] : []),
      resolve: (value) => [value],
    };
  }
  if (kind === 'number')
    return {
      ...base,
      type: 'number',
      operators: [...equality, ...comparison, ...emptiness],
      resolve: (value) => [toNumber(name, value)],
    };
  if (kind === 'date' || kind === 'moment') return dateField(site, base, kind === 'date');
  if (kind === 'labels')
    return {
      ...base,
      type: 'label',
      operators: [...equality, ...emptiness],
      sortable: false,
      read: (issue) => read(issue).map((label) => String(label).toLowerCase()),
      resolve: (value) => [value.toLowerCase()],
    };
  return entityField(site, field, { ...base, type: schema.items ?? schema.type });
}

type Base = Pick<SearchField, 'name' | 'names' | 'fieldId' | 'sortable' | 'read' | 'rank'>;

function entityField(site: JiraSite, field: JiraField, base: Base & { type: string }): SearchField {
  const { of = 'options' } = field;
  const ranks = ranked.includes(of);
  const ofField = (): Entity[] =>
    of === 'options'
      ? site.data.options.filter(({ fieldId }) => fieldId === field.id)
      : site.entities(of);
  return {
    ...base,
    operators: [
      ...equality,
      ...emptiness,
      ...(ranks ? comparison : []),
      ...(withHistory.includes(field.id) ? history : []),
    ],
    resolve: (value) => {
      const found = ofField().filter((entity) => isCalled(entity, value));
      if (found.length > 0) return found.map(({ id }) => id);
      if (of === 'resolutions' && value.toLowerCase() === 'unresolved') return [];
      if (of === 'issues')
        throw new JqlError(`An issue with key '${value}' does not exist for field '${base.name}'.`);
      if (of === 'sprints')
        throw new JqlError(
          `Sprint with name '${value}' does not exist or you do not have permission to view it.`,
        );
      if (of === 'options')
        throw new JqlError(`The option '${value}' for field '${base.name}' does not exist.`);
      throw missingValue(base.name, value);
    },
    rank: (value) => {
      const list = ofField();
      const at = list.findIndex(({ id }) => id === value);
      if (of === 'priorities') return list.length - at;
      return ranks || of === 'sprints' ? at : (list[at]?.name.toLowerCase() ?? '');
    },
  };
}

function dateField(site: JiraSite, base: Base, wholeDays: boolean): SearchField {
  // A due date is a day, and a moment counts by the minute.
  const grain = wholeDays ? 24 * 60 * 60_000 : 60_000;
  const floor = (ms: number) => Math.floor(ms / grain) * grain;
  return {
    ...base,
    type: 'date',
    operators: [...equality, ...comparison, ...emptiness],
    read: (issue) =>
      base.read(issue).map((value) => floor(typeof value === 'number' ? value : Date.parse(value))),
    resolve: (value) => {
      const ms = toMoment(value, site.now());
      if (ms === undefined)
        throw new JqlError(
          `Date value '${value}' for field '${base.name}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
        );
      return [floor(ms)];
    },
    rank: (value) => value,
  };
}

function toNumber(name: string, value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number))
    throw new JqlError(`Value '${value}' for field '${name}' is not a valid number.`);
  return number;
}

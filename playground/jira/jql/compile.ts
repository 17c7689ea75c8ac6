import type { JiraIssue } from '../jira-data.ts';
import type { JiraSite } from '../jira-site.ts';
import { type Matches, toComparison } from './comparison.ts';
import { toHistoryMatches } from './history-matches.ts';
import { JqlError } from './jql-error.ts';
import type { Clause, CompareOperator, JqlQuery } from './jql-query.ts';
import type { SearchField } from './search-field.ts';
import { searchFields } from './search-fields.ts';

/** A query ready to run. With `errors` it must not be run. */
export interface CompiledQuery {
  matches: Matches;
  compare: (a: JiraIssue, b: JiraIssue) => number;
  /** Sentences in Jira's words, all of them at once. */
  errors: string[];
}

/** Sorted by at most. */
const maxOrder = 7;

/** Finds a query's fields, values and functions on the site. */
export function compile(site: JiraSite, query: JqlQuery): CompiledQuery {
  const all = searchFields(site);
  const errors: string[] = [];
  const never: Matches = () => false;

  /** A faulty part is noted and matches nothing, so that the next faults are found too. */
  function attempt<T>(make: () => T, instead: T): T {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof JqlError)) throw error;
      if (!errors.includes(error.message)) errors.push(error.message);
      return instead;
    }
  }

  function fieldsCalled(name: string): SearchField[] {
    const wanted = name.toLowerCase();
    const found = all.filter(
      ({ names, fieldId }) =>
        names.some((each) => each.toLowerCase() === wanted) ||
        (fieldId.startsWith('customfield_') && fieldId === wanted),
    );
    if (found.length > 0) return found;
    throw new JqlError(`Field '${name}' does not exist or you do not have permission to view it.`);
  }

  function toMatches(clause: Clause, negated = false): Matches {
    if (clause.type === 'not') return toMatches(clause.clause, !negated);
    if (clause.type === 'and' || clause.type === 'or') {
      const parts = clause.clauses.map((each) => toMatches(each, negated));
      // What holds for none of several holds for not one of them.
      return (clause.type === 'and') !== negated
        ? (issue) => parts.every((matches) => matches(issue))
        : (issue) => parts.some((matches) => matches(issue));
    }
    return attempt(() => {
      const fields = fieldsCalled(clause.field);
      if (clause.type !== 'compare')
        return toHistoryMatches(site, { clause, fields, negated, all });
      const operator = negated ? opposite[clause.operator] : clause.operator;
      const parts = fields.map((field) =>
        attempt(() => toComparison(site, field, { operator, operand: clause.operand }), never),
      );
      return (issue) => parts.some((matches) => matches(issue));
    }, never);
  }

  const matches = query.where ? toMatches(query.where) : () => true;
  if (query.orderBy.length > maxOrder)
    errors.push(
      `The ORDER BY clause has ${query.orderBy.length} fields. The maximum is ${maxOrder}.`,
    );
  const order = query.orderBy.flatMap(({ field: name, descending }) =>
    attempt(() => {
      const [field] = fieldsCalled(name);
      if (!field?.sortable) throw new JqlError(`Not able to sort using field '${name}'.`);
      return [{ field, descending: descending ?? isNewestFirst(field) }];
    }, []),
  );
  return { matches, compare: toCompare(order), errors };
}

const opposite: Record<CompareOperator, CompareOperator> = {
  '=': '!=',
  '!=': '=',
  '>': '<=',
  '>=': '<',
  '<': '>=',
  '<=': '>',
  '~': '!~',
  '!~': '~',
  in: 'not in',
  'not in': 'in',
  is: 'is not',
  'is not': 'is',
};

/** Without ASC or DESC: dates and priorities the newest and highest first, all else from A to Z. */
const isNewestFirst = ({ type }: SearchField) => ['date', 'priority'].includes(type);

function toCompare(order: { field: SearchField; descending: boolean }[]) {
  const rank = (field: SearchField, issue: JiraIssue) => {
    const [value] = field.read(issue);
    return value === undefined ? undefined : field.rank(value);
  };
  return (a: JiraIssue, b: JiraIssue): number => {
    for (const { field, descending } of order) {
      const [one, other] = [rank(field, a), rank(field, b)];
      if (one === other) continue;
      // Empty ones come last, either way.
      if (one === undefined) return 1;
      if (other === undefined) return -1;
      return (one < other ? -1 : 1) * (descending ? -1 : 1);
    }
    return Number(b.id) - Number(a.id);
  };
}

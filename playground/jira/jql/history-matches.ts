import type { JiraSite } from '../jira-site.ts';
import type { Matches } from './comparison.ts';
import { changesOf, staysOf } from './history.ts';
import { JqlError } from './jql-error.ts';
import type { Clause, Operand, Predicate } from './jql-query.ts';
import { toValues } from './operand-values.ts';
import type { Scalar, SearchField } from './search-field.ts';

/** `status was Done during (…)`, `assignee changed by …`. Throws a `JqlError` for a field whose past is not kept. */
export function toHistoryMatches(
  site: JiraSite,
  {
    clause,
    fields: [field],
    negated,
    all,
  }: {
    clause: Extract<Clause, { type: 'was' | 'changed' }>;
    fields: SearchField[];
    negated: boolean;
    all: SearchField[];
  },
): Matches {
  if (!field) return () => false;
  const operator = clause.type === 'was' ? clause.operator : 'changed';
  if (!field.operators.includes(operator))
    throw new JqlError(`History searches do not support the '${field.name}' field.`);
  const asked = toPredicates(site, field, { predicates: clause.predicates, all });
  if (clause.type === 'changed')
    return (issue) =>
      changesOf(issue, field.fieldId).some(
        ({ at, authorId, item }) =>
          within(asked, at, at) &&
          (!asked.by || asked.by.includes(authorId)) &&
          (!asked.from || asked.from.includes(item.from ?? '')) &&
          (!asked.to || asked.to.includes(item.to ?? '')),
      ) !== negated;
  const { scalars, wantsEmpty } = toValues(site, field, clause.operand);
  const wanted = operator.includes('not') === negated;
  return (issue) =>
    staysOf(issue, field.fieldId, site.now()).some(
      ({ value, from, until, authorId }) =>
        (value === null ? wantsEmpty : scalars.includes(value)) &&
        within(asked, from, until) &&
        (!asked.by || asked.by.includes(authorId)),
    ) === wanted;
}

interface Asked {
  after?: number;
  before?: number;
  by?: Scalar[];
  from?: Scalar[];
  to?: Scalar[];
}

/** Whether a span reaches into the time that was asked for. */
const within = ({ after, before }: Asked, from: number, until: number) =>
  (after === undefined || until > after) && (before === undefined || from < before);

const dayLong = 24 * 60 * 60_000;

function toPredicates(
  site: JiraSite,
  field: SearchField,
  { predicates, all }: { predicates: Predicate[]; all: SearchField[] },
): Asked {
  const users = all.find(({ fieldId }) => fieldId === 'assignee');
  const dates = all.find(({ fieldId }) => fieldId === 'created');
  const asked: Asked = {};
  const date = (operand: Operand, at = 0) => {
    const values = dates ? toValues(site, dates, operand).scalars : [];
    return Number(values[at]);
  };
  for (const { name, operand } of predicates) {
    if (name === 'by' && users) asked.by = toValues(site, users, operand).scalars;
    if (name === 'from' || name === 'to') asked[name] = toValues(site, field, operand).scalars;
    if (name === 'after') asked.after = date(operand);
    if (name === 'before') asked.before = date(operand);
    if (name === 'on') [asked.after, asked.before] = [date(operand) - 1, date(operand) + dayLong];
    if (name === 'during') [asked.after, asked.before] = [date(operand, 0) - 1, date(operand, 1)];
  }
  return asked;
}

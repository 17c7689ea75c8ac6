import type { JiraIssue } from '../jira-data.ts';
import type { JiraSite } from '../jira-site.ts';
import { JqlError } from './jql-error.ts';
import type { CompareOperator, Operand } from './jql-query.ts';
import { checkShape, toValues } from './operand-values.ts';
import type { Scalar, SearchField } from './search-field.ts';
import { textMatch } from './text-match.ts';

/** Whether an issue is one of those that a part of a query is about. */
export type Matches = (issue: JiraIssue) => boolean;

function checkOperator({ operators }: SearchField, operator: string, name: string): void {
  if (!operators.includes(operator))
    throw new JqlError(`The operator '${operator}' is not supported by the '${name}' field.`);
}

/** `priority >= High`, `labels is EMPTY`, `summary ~ cart`. Throws a `JqlError` for what does not fit together. */
export function toComparison(
  site: JiraSite,
  field: SearchField,
  { operator, operand }: { operator: CompareOperator; operand: Operand },
): Matches {
  const { name, read, rank } = field;
  checkOperator(field, operator, name);
  if (operator === 'is' || operator === 'is not') {
    if (operand.type !== 'empty')
      throw new JqlError(
        `The operator '${operator}' only supports the values 'EMPTY' and 'NULL' for field '${name}'.`,
      );
    return (issue) => (read(issue).length === 0) === (operator === 'is');
  }
  checkShape(field, operator, operand);
  if (operator === '~' || operator === '!~') return toTextComparison(field, operator, operand);
  const values = toValues(site, field, operand);
  const has = (issue: JiraIssue) => {
    const own = read(issue);
    return own.length === 0
      ? values.wantsEmpty
      : own.some((value) => values.scalars.includes(value));
  };
  if (operator === '=' || operator === 'in') return has;
  // What is empty is not unlike anything.
  if (operator === '!=' || operator === 'not in')
    return (issue) => !has(issue) && (read(issue).length > 0 || values.scalars.length === 0);
  const [bound] = values.scalars.map(rank);
  return (issue) =>
    bound !== undefined && read(issue).some((value) => holds(operator, rank(value), bound));
}

function holds(operator: string, value: Scalar, bound: Scalar): boolean {
  if (operator === '>') return value > bound;
  if (operator === '>=') return value >= bound;
  return operator === '<' ? value < bound : value <= bound;
}

function toTextComparison(
  { name, text }: SearchField,
  operator: '~' | '!~',
  operand: Operand,
): Matches {
  if (operand.type !== 'value')
    throw new JqlError(`The operator '${operator}' needs a text for field '${name}'.`);
  const { value } = operand;
  if (value.trim() === '')
    throw new JqlError(`The field '${name}' does not support searching for an empty string.`);
  if (/^[*?]/.test(value))
    throw new JqlError(
      `The text query '${value}' for field '${name}' is not allowed to start with '${value[0]}'.`,
    );
  return (issue) => {
    const own = text?.(issue) ?? '';
    return operator === '~' ? textMatch(own, value) : own !== '' && !textMatch(own, value);
  };
}

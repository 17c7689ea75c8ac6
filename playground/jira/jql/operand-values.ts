import type { JiraSite } from '../jira-site.ts';
import { findFunction } from './functions.ts';
import { JqlError } from './jql-error.ts';
import type { Operand } from './jql-query.ts';
import type { Scalar, SearchField } from './search-field.ts';

/** IN takes lists, `=` single values. Throws a `JqlError` otherwise. */
export function checkShape({ name }: SearchField, operator: string, operand: Operand): void {
  const wantsList = /in$/.test(operator);
  const isList =
    operand.type === 'list' ||
    (operand.type === 'function' && findFunction(operand.name, operand.args).list);
  if (isList === wantsList) return;
  throw new JqlError(
    isList
      ? `Operator '${operator}' does not support the list value '${show(operand)}' for field '${name}'.`
      : `Operator '${operator}' does not support the non-list value '${show(operand)}' for field '${name}'.`,
  );
}

function show(operand: Operand): string {
  if (operand.type === 'list') return `(${operand.values.map(show).join(', ')})`;
  if (operand.type === 'function') return `${operand.name}(${operand.args.join(', ')})`;
  return operand.type === 'empty' ? 'EMPTY' : `"${operand.value}"`;
}

/** What the right side of a comparison means for a field, and whether EMPTY is among it. */
export function toValues(
  site: JiraSite,
  field: SearchField,
  operand: Operand,
): { scalars: Scalar[]; wantsEmpty: boolean } {
  if (operand.type === 'empty') return { scalars: [], wantsEmpty: true };
  if (operand.type === 'list') {
    const parts = operand.values.map((each) => toValues(site, field, each));
    return {
      scalars: parts.flatMap(({ scalars }) => scalars),
      wantsEmpty: parts.some(({ wantsEmpty }) => wantsEmpty),
    };
  }
  if (operand.type === 'value') {
    const scalars = field.resolve(operand.value);
    // "Unresolved" is a name for having no resolution.
    return { scalars, wantsEmpty: scalars.length === 0 };
  }
  const found = findFunction(operand.name, operand.args);
  if (!fits(found.type, field.type))
    throw new JqlError(
      `A value provided by the function '${operand.name}' is invalid for the field '${field.name}'.`,
    );
  const scalars = found.run(site, operand.args);
  const asDates =
    field.type === 'date' ? scalars.flatMap((ms) => field.resolve(String(ms))) : scalars;
  return { scalars: asDates, wantsEmpty: false };
}

const fits = (given: string, wanted: string) =>
  given === wanted || (given === 'issue' && wanted === 'issuelink');

import type { Clause, JqlQuery, Operand } from './jql-query.ts';

/** A parsed query as `/jql/parse` shows it. */
export const toStructure = ({ where, orderBy }: JqlQuery) => ({
  ...(where ? { where: clauseJson(where) } : {}),
  ...(orderBy.length > 0
    ? {
        orderBy: {
          fields: orderBy.map(({ field, descending }) => ({
            field: fieldJson(field),
            ...(descending === undefined ? {} : { direction: descending ? 'desc' : 'asc' }),
          })),
        },
      }
    : {}),
});

const fieldJson = (name: string) => ({ name, encodedName: quote(name) });

/** In quotation marks where JQL needs them. */
const quote = (text: string) =>
  /^[\w-]+$/.test(text) ? text : `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

function clauseJson(clause: Clause): unknown {
  if (clause.type === 'and' || clause.type === 'or')
    return { operator: clause.type, clauses: clause.clauses.map(clauseJson) };
  if (clause.type === 'not') return { operator: 'not', clauses: [clauseJson(clause.clause)] };
  const field = fieldJson(clause.field);
  if (clause.type === 'compare')
    return { field, operator: clause.operator, operand: operandJson(clause.operand) };
  const predicates = clause.predicates.map(({ name, operand }) => ({
    operator: name,
    operand: operandJson(operand),
  }));
  if (clause.type === 'changed') return { field, operator: 'changed', predicates };
  return { field, operator: clause.operator, operand: operandJson(clause.operand), predicates };
}

function operandJson(operand: Operand): Record<string, unknown> {
  if (operand.type === 'empty') return { keyword: 'empty' };
  if (operand.type === 'value') return { value: operand.value, encodedValue: quote(operand.value) };
  if (operand.type === 'list')
    return {
      values: operand.values.map(operandJson),
      encodedOperand: `(${operand.values.map(encoded).join(', ')})`,
    };
  return { function: operand.name, arguments: operand.args, encodedOperand: encoded(operand) };
}

function encoded(operand: Operand): string {
  if (operand.type === 'empty') return 'EMPTY';
  if (operand.type === 'value') return quote(operand.value);
  if (operand.type === 'list') return `(${operand.values.map(encoded).join(', ')})`;
  return `${operand.name}(${operand.args.map(quote).join(', ')})`;
}

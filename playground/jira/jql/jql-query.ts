export type Operand =
  | { type: 'value'; value: string }
  | { type: 'list'; values: Operand[] }
  | { type: 'function'; name: string; args: string[] }
  | { type: 'empty' };

export type CompareOperator =
  | '='
  | '!='
  | '>'
  | '>='
  | '<'
  | '<='
  | '~'
  | '!~'
  | 'in'
  | 'not in'
  | 'is'
  | 'is not';
export type WasOperator = 'was' | 'was not' | 'was in' | 'was not in';

/** `after -1w`, `by currentUser()`, `during (a, b)`, `from Open`. */
export interface Predicate {
  name: 'after' | 'before' | 'on' | 'during' | 'by' | 'from' | 'to';
  operand: Operand;
}

export type Clause =
  | { type: 'and'; clauses: Clause[] }
  | { type: 'or'; clauses: Clause[] }
  | { type: 'not'; clause: Clause }
  | { type: 'compare'; field: string; operator: CompareOperator; operand: Operand }
  | { type: 'was'; field: string; operator: WasOperator; operand: Operand; predicates: Predicate[] }
  | { type: 'changed'; field: string; predicates: Predicate[] };

/** A parsed query. Without `where` it has no restriction at all. */
export interface JqlQuery {
  where?: Clause;
  orderBy: { field: string; descending?: boolean }[];
}

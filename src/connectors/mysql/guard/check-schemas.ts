import { pureFunctions } from './pure-functions.ts';
import type { SqlToken } from './sql-lexer.ts';
import { fold, isName, lower, refuse, unquote, upper } from './sql-words.ts';

const serverSchemas = new Set(['mysql', 'performance_schema', 'sys']);

/** What information_schema tells about data; not about accounts, settings, other people's queries and locks. */
const schemaTables = new Set(
  `applicable_roles character_sets check_constraints collation_character_set_applicability collations column_statistics
  columns columns_extensions enabled_roles engines events files geometry_columns global_status keywords
  key_column_usage parameters partitions referential_constraints routines schemata schemata_extensions sequences
  session_status spatial_ref_sys sql_functions st_geometry_columns st_spatial_reference_systems
  st_units_of_measure statistics table_constraints table_constraints_extensions tables
  tables_extensions triggers view_routine_usage view_table_usage views`.split(/\s+/),
);

/**
 * Refuses tables of the server itself.
 *
 * @throws ToolError `REFUSED`.
 */
export function checkSchemas(code: readonly SqlToken[]): void {
  const lists: boolean[] = [false]; // of each parenthesis that is open here: whether its commas part expressions
  for (const [index, token] of code.entries()) {
    const word = keyword(code, index);
    if (word === '(') lists.push(isCall(code, index, lists));
    else if (word === ')' && lists.length > 1) lists.pop();
    else if (word === 'SELECT' || word === 'BY')
      lists[lists.length - 1] = !isIndexHint(code, index);
    else if (tableStarts.has(word)) lists[lists.length - 1] = false;
    else if (isName(token) && code[index + 1]?.text === '.' && code[index - 1]?.text !== '.')
      if (!isInExpression(code, index, lists))
        // `sys.name` of `FROM systems sys` is a column.
        checkTable(token, code[index + 2]);
  }
}

/**
 * Refuses a schema of the server itself; `information_schema` is none here.
 *
 * @throws ToolError `REFUSED`.
 */
export function checkSchema(schema: SqlToken): void {
  const name = fold(unquote(schema));
  if (serverSchemas.has(name))
    refuse(schema, `${name} belongs to the server itself`, 'the tables that list_tables shows');
}

function checkTable(schema: SqlToken, table: SqlToken | undefined) {
  checkSchema(schema);
  if (fold(unquote(schema)) === 'information_schema' && !schemaTables.has(lower(table)))
    refuse(
      table ?? schema,
      'it tells about the server, not about data',
      'information_schema.tables or .columns',
    );
}

const tableStarts = new Set(['FROM', 'JOIN', 'STRAIGHT_JOIN', 'TABLE']);

/** Words and signs after which an expression begins. */
const expressionStarts = new Set(
  `SELECT DISTINCT WHERE HAVING ON AND OR XOR NOT BETWEEN LIKE RLIKE REGEXP DIV MOD INTERVAL BINARY WHEN THEN ELSE CASE
  = < > + - * / % | & ^ ! ~`.split(/\s+/),
);

/** Whether the token at `index` surely stands in an expression, where a name with a dot is a column and no table. */
function isInExpression(code: readonly SqlToken[], index: number, lists: boolean[]): boolean {
  const before = keyword(code, index - 1);
  if (before === 'BY') return !isIndexHint(code, index - 1);
  if (before === '(' || before === ',') return lists.at(-1) === true;
  return expressionStarts.has(before);
}

/** Whether a parenthesis holds expressions: after a function, after IN, or amid an expression. */
function isCall(code: readonly SqlToken[], open: number, lists: boolean[]): boolean {
  const before = keyword(code, open - 1);
  return (
    before === 'IN' || pureFunctions.has(before.toLowerCase()) || isInExpression(code, open, lists)
  );
}

/** `FORCE INDEX FOR ORDER BY (…)` stands among the tables. */
const isIndexHint = (code: readonly SqlToken[], by: number) => keyword(code, by - 2) === 'FOR';

/** The word at this place, unless a dot makes it a name. */
const keyword = (code: readonly SqlToken[], place: number) =>
  code[place - 1]?.text === '.' ? '' : upper(code[place]);

import { pureFunctions } from './pure-functions.ts';
import type { SqlToken } from './sql-lexer.ts';
import { isName, refuse, unquote, upper } from './sql-words.ts';

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
  for (const [index, token] of code.entries()) {
    if (!isName(token) || code[index + 1]?.text !== '.' || code[index - 1]?.text === '.') continue;
    if (isInExpression(code, index)) continue; // `sys.name` of `FROM systems sys`
    const schema = unquote(token).toLowerCase();
    const table = unquote(code[index + 2]).toLowerCase();
    if (serverSchemas.has(schema))
      refuse(token, `${schema} belongs to the server itself`, 'the tables that list_tables shows');
    if (schema === 'information_schema' && !schemaTables.has(table))
      refuse(
        code[index + 2] ?? token,
        'it tells about the server, not about data',
        'information_schema.tables or .columns',
      );
  }
}

/** Words and signs after which an expression begins. */
const expressionStarts = new Set(
  'SELECT DISTINCT WHERE HAVING ON AND OR XOR NOT BETWEEN LIKE WHEN THEN ELSE CASE = < > + - * / % | & ^ ! ~'.split(
    ' ',
  ),
);

/** Whether the token at `index` surely stands in an expression, where a name with a dot is a column and no table. */
function isInExpression(code: readonly SqlToken[], index: number): boolean {
  const before = keyword(code, index - 1);
  if (before === 'BY') return !isIndexHint(code, index - 1);
  if (before === '(') return isInCall(code, index - 1);
  return before === ',' ? isInList(code, index - 1) : expressionStarts.has(before);
}

/** Whether a comma separates expressions rather than tables. */
function isInList(code: readonly SqlToken[], comma: number): boolean {
  let depth = 0;
  for (let place = comma - 1; place >= 0; place--) {
    const word = keyword(code, place);
    if (word === ')') depth++;
    if (word === '(' && --depth < 0) return isInCall(code, place);
    if (depth > 0) continue;
    if (word === 'SELECT') return true;
    if (word === 'BY') return !isIndexHint(code, place);
    if (/^(FROM|JOIN|STRAIGHT_JOIN|TABLE)$/.test(word)) return false;
  }
  return false;
}

/** Whether a parenthesis holds expressions: after a function, after IN, or amid an expression. */
function isInCall(code: readonly SqlToken[], open: number): boolean {
  const before = keyword(code, open - 1);
  return before === 'IN' || pureFunctions.has(before.toLowerCase()) || isInExpression(code, open);
}

/** `FORCE INDEX FOR ORDER BY (…)` stands among the tables. */
const isIndexHint = (code: readonly SqlToken[], by: number) => keyword(code, by - 2) === 'FOR';

/** The word at this place, unless a dot makes it a name. */
const keyword = (code: readonly SqlToken[], place: number) =>
  code[place - 1]?.text === '.' ? '' : upper(code[place]);

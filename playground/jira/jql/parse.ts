import { JqlError } from './jql-error.ts';
import type {
  Clause,
  CompareOperator,
  JqlQuery,
  Operand,
  Predicate,
  WasOperator,
} from './jql-query.ts';
import { lex, refuseReserved, type Token } from './lex.ts';

const operators = "'=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'";
const comparisons = ['=', '!=', '>', '>=', '<', '<=', '~', '!~'];
const predicateNames = ['after', 'before', 'on', 'during', 'by', 'from', 'to'];
/** Deeper ones are an attack, not a question. */
const maxDepth = 100;

/** Reads a query. Throws a `JqlError` in Jira's words, with line and character. */
export function parse(jql: string): JqlQuery {
  const tokens = lex(jql);
  let index = 0;
  let depth = 0;

  const peek = (ahead = 0): Token => tokens[index + ahead] ?? (tokens.at(-1) as Token);
  const take = (): Token => {
    const token = peek();
    index += 1;
    return token;
  };
  const isWord = (word: string, ahead = 0) =>
    peek(ahead).kind === 'word' && peek(ahead).text.toLowerCase() === word;
  const isSymbol = (...texts: string[]) => peek().kind === 'symbol' && texts.includes(peek().text);
  const skipWord = (word: string) => {
    const found = isWord(word);
    if (found) index += 1;
    return found;
  };
  const skipSymbol = (...texts: string[]) => {
    const found = isSymbol(...texts);
    if (found) index += 1;
    return found;
  };

  function either(): Clause {
    const clauses = [both()];
    while (skipWord('or') || skipSymbol('||', '|')) clauses.push(both());
    return clauses.length === 1 ? (clauses[0] as Clause) : { type: 'or', clauses };
  }

  function both(): Clause {
    const clauses = [single()];
    while (skipWord('and') || skipSymbol('&&', '&')) clauses.push(single());
    return clauses.length === 1 ? (clauses[0] as Clause) : { type: 'and', clauses };
  }

  function deeper(): void {
    depth += 1;
    if (depth > maxDepth) throw new JqlError('Error in the JQL Query: The query is too complex.');
  }

  function single(): Clause {
    deeper();
    const clause = negated() ?? grouped() ?? terminal();
    depth -= 1;
    return clause;
  }

  const negated = (): Clause | undefined =>
    skipWord('not') || skipSymbol('!') ? { type: 'not', clause: single() } : undefined;

  function grouped(): Clause | undefined {
    if (!skipSymbol('(')) return;
    const clause = either();
    expect(')');
    return clause;
  }

  function expect(symbol: string): void {
    if (skipSymbol(symbol)) return;
    const { kind, text, at } = peek();
    throw new JqlError(
      kind === 'end'
        ? `Error in the JQL Query: Expecting '${symbol}' before the end of the query.`
        : `Error in the JQL Query: Expecting '${symbol}' but got '${text}'. ${at}`,
    );
  }

  function fieldName(): string {
    const token = take();
    const { kind, text, at } = token;
    if (kind === 'end')
      throw new JqlError('Error in the JQL Query: Expecting a field name at the end of the query.');
    if (kind === 'symbol')
      throw new JqlError(
        `Error in the JQL Query: Expecting a field name but got '${text}'. You must surround '${text}' in quotation marks to use it as a field name. ${at}`,
      );
    if (kind === 'word' && text.toLowerCase() === 'cf' && skipSymbol('[')) {
      const number = take().text;
      expect(']');
      return `cf[${number}]`;
    }
    refuseReserved(token);
    return text;
  }

  function terminal(): Clause {
    const field = fieldName();
    if (skipWord('changed')) return { type: 'changed', field, predicates: predicates() };
    if (skipWord('was')) {
      const not = skipWord('not') ? ' not' : '';
      const operator = `was${not}${skipWord('in') ? ' in' : ''}` as WasOperator;
      return { type: 'was', field, operator, operand: operand(), predicates: predicates() };
    }
    return { type: 'compare', field, operator: operator(), operand: operand() };
  }

  function operator(): CompareOperator {
    const { kind, text, at } = take();
    if (kind === 'symbol' && comparisons.includes(text)) return text as CompareOperator;
    const word = kind === 'word' ? text.toLowerCase() : '';
    if (word === 'in') return 'in';
    if (word === 'not' && skipWord('in')) return 'not in';
    if (word === 'is') return skipWord('not') ? 'is not' : 'is';
    throw new JqlError(
      kind === 'end'
        ? `Error in the JQL Query: Expecting operator before the end of the query. The valid operators are ${operators}.`
        : `Error in the JQL Query: Expecting operator but got '${text}'. The valid operators are ${operators}. ${at}`,
    );
  }

  function operand(): Operand {
    if (skipSymbol('(')) {
      deeper();
      const values = [operand()];
      while (skipSymbol(',')) values.push(operand());
      expect(')');
      depth -= 1;
      return { type: 'list', values };
    }
    const token = take();
    const { kind, text, at } = token;
    if (kind === 'end')
      throw new JqlError(
        'Error in the JQL Query: Expecting either a value, list or function before the end of the query.',
      );
    if (kind === 'symbol')
      throw new JqlError(
        `Error in the JQL Query: Expecting either a value, list or function but got '${text}'. You must surround '${text}' in quotation marks to use it as a value. ${at}`,
      );
    if (kind === 'word' && /^(?:empty|null)$/i.test(text)) return { type: 'empty' };
    if (isSymbol('(')) return { type: 'function', name: text, args: args() };
    refuseReserved(token);
    return { type: 'value', value: text };
  }

  function args(): string[] {
    expect('(');
    const texts: string[] = [];
    while (!isSymbol(')') && peek().kind !== 'end') {
      texts.push(take().text);
      if (!skipSymbol(',')) break;
    }
    expect(')');
    return texts;
  }

  function predicates(): Predicate[] {
    const found: Predicate[] = [];
    while (peek().kind === 'word' && predicateNames.includes(peek().text.toLowerCase())) {
      const name = take().text.toLowerCase() as Predicate['name'];
      found.push({ name, operand: operand() });
    }
    return found;
  }

  function orderBy(): JqlQuery['orderBy'] {
    if (!skipWord('order')) return [];
    if (!skipWord('by')) expect('by');
    const order: JqlQuery['orderBy'] = [];
    do {
      const field = fieldName();
      const descending =
        isWord('desc') || isWord('asc') ? take().text.toLowerCase() === 'desc' : undefined;
      order.push({ field, ...(descending === undefined ? {} : { descending }) });
    } while (skipSymbol(','));
    return order;
  }

  const where = peek().kind === 'end' || isWord('order') ? undefined : either();
  const order = orderBy();
  const { kind, text, at } = peek();
  if (kind !== 'end')
    throw new JqlError(
      order.length > 0
        ? `Error in the JQL Query: Expecting ',' but got '${text}'. ${at}`
        : `Error in the JQL Query: Expecting either 'OR' or 'AND' but got '${text}'. ${at}`,
    );
  return { ...(where ? { where } : {}), orderBy: order };
}

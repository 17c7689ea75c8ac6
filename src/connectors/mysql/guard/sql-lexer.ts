/** A piece of a statement. The texts of all tokens, one after another, are the statement. */
export interface SqlToken {
  type:
    | 'space'
    | 'comment'
    /** An optimizer hint, `/*+ … *\/`. */
    | 'hint'
    /** A keyword or a name without quotes. */
    | 'word'
    /** A name in backticks. */
    | 'quoted'
    | 'string'
    | 'number'
    /** `@x` or `@@x`. */
    | 'variable'
    | 'punctuation'
    /** What the server might read otherwise than we do. */
    | 'bad';
  text: string;
  /** Where it begins, counted in UTF-16 units from 0. */
  start: number;
  /** Of a `bad` token: what is wrong with it. */
  problem?: string;
}

const name = 'A-Za-z0-9_$\\u0080-\\uffff';
const quoted = '`(?:[^`]|``)*`';
const part = `(?:${quoted}|[${name}]+)`;

/**
 * The forms of a token, tried in this order at each place. They follow the servers' own lexers under the `sql_mode`
 * and character set that our sessions set: backslash escapes in strings, `"` is a string, no nested comments.
 */
const forms: [SqlToken['type'] | `bad: ${string}`, RegExp][] = [
  ['space', /[ \t\n\v\f\r]+/y],
  ['bad: an executable comment is code', /\/\*M?!/iy],
  ['hint', /\/\*\+.*?\*\//sy],
  ['comment', /\/\*.*?\*\//sy],
  ['bad: a comment is not closed', /\/\*/y],
  ['comment', /#[^\n]*/y],
  ['comment', /--(?=[ \t\n\v\f\r]|$)[^\n]*/y], // `--1` is two minus signs
  ['string', /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"/sy],
  ['bad: a string is not closed', /['"]/y],
  ['quoted', new RegExp(quoted, 'y')],
  ['bad: a quoted name is not closed', /`/y],
  ['variable', new RegExp(`@@${part}(?:\\.${part})*`, 'y')],
  ['variable', /@(?:[A-Za-z0-9_.$]+(?![\u0080-\uffff])|(?=['"`]))/y],
  ['bad: a variable has no name', /@/y],
  ['bad: a dollar sign begins a name', /\$/y], // newer servers take `$$ … $$` for a string
  ['number', new RegExp(`0(?:x[0-9a-fA-F]+|b[01]+)(?![${name}])`, 'y')], // `0X41` is a name
  [
    'number',
    new RegExp(`(?:\\d+\\.\\d*|\\.\\d+|\\d+(?=e[+-]?\\d))(?:e[+-]?\\d+)?(?![${name}])`, 'iy'),
  ],
  ['bad: a number is glued to a word', /\d+\.|\.\d|\d+e[+-]?\d/iy],
  ['number', new RegExp(`\\d+(?![${name}])`, 'y')],
  ['word', new RegExp(`[${name}]+`, 'y')],
  ['punctuation', /[!%&()*+,\-./:;<=>?[\]^{|}~]/y],
  ['bad: this character means nothing in SQL', /./sy],
];

const afterName = new RegExp(`\\.(?=[${name}])`, 'y');

/** Cuts a statement into tokens. Never throws: what we cannot read for sure is one `bad` token up to the end. */
export function lexSql(text: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  for (let start = 0; start < text.length; ) {
    const token = nextToken(text, start, tokens.at(-1));
    if (token.type === 'bad') return [...tokens, { ...token, text: text.slice(start) }];
    tokens.push(token);
    start += token.text.length;
  }
  return tokens;
}

function nextToken(text: string, start: number, before: SqlToken | undefined): SqlToken {
  // Right after a word a dot is no decimal point, and what follows it is a name, were it `t.1e1`.
  if (before?.type === 'word' && matchAt(afterName, text, start))
    return { type: 'punctuation', text: '.', start };
  if (before?.text === '.' && before.type === 'punctuation') {
    const word = matchAt(wordForm, text, start);
    if (word) return { type: 'word', text: word, start };
  }
  for (const [type, form] of forms) {
    const found = matchAt(form, text, start);
    if (found === undefined) continue;
    if (!isBad(type)) return { type, text: found, start };
    return { type: 'bad', text: found, start, problem: type.slice('bad: '.length) };
  }
  throw new Error('unreachable: the last form takes any character');
}

const wordForm = new RegExp(`[${name}]+`, 'y');

const isBad = (type: string): type is `bad: ${string}` => type.startsWith('bad: ');

function matchAt(form: RegExp, text: string, start: number): string | undefined {
  form.lastIndex = start;
  return form.exec(text)?.[0];
}

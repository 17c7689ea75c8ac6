import { JqlError } from './jql-error.ts';
import { reservedWords } from './reserved-words.ts';

/** A piece of a query. `word` stands bare, `string` in quotes; `end` follows the last one. */
export interface Token {
  kind: 'word' | 'string' | 'symbol' | 'end';
  text: string;
  /** Where it begins: `line 1, character 9`. */
  at: string;
}

const symbols = /^(?:!=|!~|<=|>=|&&|\|\||[=~<>!()&|,[\]])/;
const wordPattern = /^[^\s=!~<>()&|,[\]"'{}*/%+^$#@?;\\]+/;
const reservedCharacters = /^[{}*/%+^$#@?;]/;
const escapes: Record<string, string> = { t: '\t', n: '\n', r: '\r' };

/** Cuts a query into tokens. Throws a `JqlError` in Jira's words. */
export function lex(jql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const where = (index: number) => {
    const before = jql.slice(0, index).split('\n');
    return `(line ${before.length}, character ${(before.at(-1)?.length ?? 0) + 1})`;
  };
  while (at < jql.length) {
    const rest = jql.slice(at);
    const blank = /^\s+/.exec(rest)?.[0];
    if (blank) {
      at += blank.length;
      continue;
    }
    const token = next(rest, where(at));
    tokens.push(token);
    at += token.length;
  }
  return [...tokens, { kind: 'end', text: '', at: where(jql.length) }];
}

function next(rest: string, at: string): Token & { length: number } {
  const quote = rest[0];
  if (quote === '"' || quote === "'") return quoted(rest, quote, at);
  const symbol = symbols.exec(rest)?.[0];
  if (symbol) return { kind: 'symbol', text: symbol, at, length: symbol.length };
  const word = wordPattern.exec(rest)?.[0];
  if (word) return { kind: 'word', text: word, at, length: word.length };
  const [character = ''] = rest;
  if (reservedCharacters.test(rest)) throw reservedCharacter(character, at);
  throw illegalEscape(rest.slice(0, 2), at);
}

function quoted(rest: string, quote: string, at: string): Token & { length: number } {
  let text = '';
  let index = 1;
  while (index < rest.length && rest[index] !== quote) {
    if (rest[index] !== '\\') {
      text += rest[index++];
      continue;
    }
    const [whole, letter = '', code] = /^\\(u([0-9a-fA-F]{4})|.?)/s.exec(rest.slice(index)) ?? [
      '',
      '',
    ];
    if (!code && !/^['"tnr\\ ]$/.test(letter)) throw illegalEscape(whole, at);
    text += code ? String.fromCharCode(Number.parseInt(code, 16)) : (escapes[letter] ?? letter);
    index += whole.length;
  }
  if (index >= rest.length)
    throw new JqlError(
      `Error in the JQL Query: The quoted string '${text}' has not been completed. ${at}`,
    );
  return { kind: 'string', text, at, length: index + 1 };
}

const illegalEscape = (text: string, at: string) =>
  new JqlError(
    `Error in the JQL Query: '${text}' is an illegal JQL escape sequence. The valid escape sequences are \\', \\", \\t, \\n, \\r, \\\\, '\\ ' and \\uXXXX. ${at}`,
  );

const reservedCharacter = (character: string, at: string) =>
  new JqlError(
    `Error in the JQL Query: The character '${character}' is a reserved JQL character. You must enclose it in a string or use the escape '\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}' instead. ${at}`,
  );

/** Throws for a bare word that JQL keeps for itself. */
export function refuseReserved({ kind, text, at }: Token): void {
  if (kind === 'word' && reservedWords.has(text.toLowerCase()))
    throw new JqlError(
      `Error in the JQL Query: '${text}' is a reserved JQL word. You must surround it in quotation marks to use it in a query. ${at}`,
    );
}

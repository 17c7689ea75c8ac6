import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fromRules } from '../../../playground/model/rules/rules.ts';
import type { Piece } from '../../../playground/model/turn.ts';
import type { ModelRequest } from '../../../playground/model/validate.ts';
import { libraryTables } from '../../../playground/shop/library-tables.ts';
import { shopTables } from '../../../playground/shop/shop-tables.ts';

const { respond } = fromRules({ speed: 0 });
const tools = ['list_tables', 'describe_table', 'execute_query'].map((name) => ({
  name: `mysql__${name}`,
  input_schema: { type: 'object' as const },
}));
const digest = 'zoo.cage (~5 rows): id int PK, kind varchar(9), built datetime [time]';

const ask = (messages: ModelRequest['messages'], more: Partial<ModelRequest> = {}) =>
  [
    respond({
      model: 'claude-sonnet-5-5',
      max_tokens: 99,
      system: digest,
      tools,
      messages,
      ...more,
    }),
  ].flat() as Piece[];
const textOf = (pieces: Piece[]) =>
  pieces.map((piece) => (piece.type === 'text' ? piece.chunks.join('') : '')).join('');

const question = (text: string) => ({ role: 'user' as const, content: text });
const called = (query: string) => ({
  role: 'assistant' as const,
  content: [
    {
      type: 'tool_use' as const,
      id: 'a',
      name: 'mysql__execute_query',
      input: { query, max_rows: 20 },
    },
  ],
});
const failed = (error: string) => ({
  role: 'user' as const,
  content: [
    {
      type: 'tool_result' as const,
      tool_use_id: 'a',
      is_error: true,
      content: JSON.stringify({ source: 'mysql', trust: 'none', error }),
    },
  ],
});
const count = 'SELECT COUNT(*) AS `count` FROM `zoo`.`cage` t';

it('has no names of the sample databases in its code', () => {
  const folder = new URL('../../../playground/model/rules/', import.meta.url);
  // Comments may have examples, and words.ts has everyday words, in the singular.
  const code = readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && file !== 'words.ts')
    .map((file) =>
      readFileSync(new URL(file, folder), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''),
    )
    .join('\n');
  const names = [...Object.keys(shopTables), ...Object.keys(libraryTables)];
  expect(names.filter((name) => new RegExp(`['"\`\\s|(]${name}['"\`\\s|)]`).test(code))).toEqual(
    [],
  );
});

it('calls the tool it needs, with SQL made of the digest', () => {
  expect(ask([question('how many cages?')])).toEqual([
    { type: 'tool', name: 'mysql__execute_query', input: { query: count, max_rows: 20 } },
  ]);
});

it('reads the structure anew when a name is gone, and once only', () => {
  const gone = [
    question('how many cages?'),
    called(count),
    failed('NOT_FOUND: no table cage. Try: cages'),
  ];
  expect(ask(gone)).toEqual([
    { type: 'tool', name: 'mysql__describe_table', input: { table: 'cage', database: 'zoo' } },
  ]);
});

it('passes on in one sentence what went wrong', () => {
  const messages = [
    question('how many cages?'),
    called(count),
    failed('TIMEOUT: after 15 s. Try: less\n{"code":1}'),
  ];
  expect(textOf(ask(messages))).toMatch(
    /^That did not work\. The source says: `TIMEOUT: after 15 s\. Try: less`/,
  );
});

it('answers without tools when it may call none', () => {
  const pieces = ask([question('how many cages?')], { tool_choice: { type: 'none' } });
  expect(textOf(pieces)).toContain('I could not finish that');
});

it('keeps to the question when whoever runs it adds a word of its own', () => {
  const result = failed('TIMEOUT: again');
  const messages = [question('how many cages?'), called(count), result, question('Answer now.')];
  expect(textOf(ask(messages, { tool_choice: { type: 'none' } }))).toContain('TIMEOUT: again');
});

it('says so when no database is connected', () => {
  expect(textOf(ask([question('how many cages?')], { tools: [], system: '' }))).toContain(
    'No SQL database is connected',
  );
});

it('writes at a natural speed unless told otherwise', () => {
  expect(fromRules({}).pace).toEqual({ firstTokenMs: 350, charsPerTick: 4, tickMs: 25 });
  expect(fromRules({ speed: 2 }).pace).toMatchObject({ firstTokenMs: 175 });
  expect(fromRules({ speed: 0 })).not.toHaveProperty('pace');
});

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';

let sandbox: Sandbox;
let client: Client;
/** The temporary folder of the connector's process. */
let folder: string;

async function start(TMPDIR: string) {
  const { host, port, user, password, database } = sandbox.reader;
  const client = new Client({ name: 'test', version: '1' });
  const env = {
    TMPDIR,
    MYSQL_HOST: host,
    MYSQL_PORT: String(port),
    MYSQL_USER: user,
    MYSQL_PASSWORD: password,
    MYSQL_DATABASE: database,
  };
  const args = ['src/connectors/mysql/main.ts'];
  const command = process.execPath;
  await client.connect(new StdioClientTransport({ command, args, env, stderr: 'ignore' }));
  await client.listTools(); // from here on the client checks results against the schemas
  return client;
}

beforeAll(async () => {
  sandbox = await openSandbox();
  folder = mkdtempSync(join(tmpdir(), 'spool-test-'));
  client = await start(folder);
  await sandbox.admin.query(`
    CREATE TABLE shapes (id INT PRIMARY KEY, at POINT, way LINESTRING, area POLYGON, flags BIT(9));
    INSERT INTO shapes VALUES (1, ST_GeomFromText('POINT(1.5 -2)'), ST_GeomFromText('LINESTRING(0 0, 1 1)'),
      ST_GeomFromText('POLYGON((0 0, 0 1, 1 1, 0 0))'), b'100000001');`);
});
afterAll(async () => {
  await client.close();
  rmSync(folder, { recursive: true, force: true });
  await sandbox[Symbol.asyncDispose]();
});

interface Link {
  type: 'resource_link';
  uri: string;
  description: string;
  size: number;
}

/** Calls `execute_query`: its answer, and the link when there is one. */
async function ask(query: string, args: Record<string, unknown> = {}, of = client) {
  const reply = await of.callTool({ name: 'execute_query', arguments: { query, ...args } });
  const [{ text }, link] = reply.content as [{ text: string }, Link?];
  expect(reply.isError, text).toBeFalsy();
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(20_000);
  return { answer: JSON.parse(text), link };
}

/** Reads a result to its end, as a host that only knows `resources/read`. */
async function drain(link: Link | undefined) {
  const rows: unknown[][] = [];
  const headers: Record<string, unknown>[] = [];
  for (let uri = link?.uri; uri; ) {
    const [content] = (await client.readResource({ uri })).contents;
    expect(content?.mimeType).toBe('application/x-ndjson');
    const text = content && 'text' in content ? content.text : '';
    const [header, ...lines] = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    headers.push(header);
    rows.push(...lines);
    uri = header.next;
  }
  return { rows, headers };
}

const stored = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.jsonl'),
  );

const numbers = `SELECT (a.id - 1) * 1000 + b.id AS n FROM orders a, orders b WHERE a.id <= 60
  ORDER BY a.id, b.id`;

it('links to all rows that an answer cannot hold', async () => {
  const { answer, link } = await ask(numbers, { max_rows: 50_000 });
  expect(answer).toMatchObject({ row_count: 50_000, truncated: true, truncated_by: 'rows' });
  expect(answer).not.toHaveProperty('total');
  expect(answer.rows.length).toBeGreaterThan(1_000);
  expect(link).toMatchObject({
    type: 'resource_link',
    uri: expect.stringMatching(/^mysql:\/\/result\/[0-9a-f]{32}$/),
    mimeType: 'application/x-ndjson',
    description: expect.stringMatching(/^The first 50000 rows .*2 pages/),
  });
  const { rows, headers } = await drain(link);
  expect(headers).toMatchObject([
    { columns: [{ name: 'n', type: 'BIGINT' }], row_count: 50_000, first_row: 1, complete: false },
    { row_count: 50_000, complete: false },
  ]);
  expect(rows).toEqual(Array.from({ length: 50_000 }, (_, n) => [n + 1]));
  expect(answer.rows).toEqual(rows.slice(0, answer.rows.length));
});

it('links to nothing, and stores nothing, when the rows fit', async () => {
  const before = stored();
  const { answer, link } = await ask('SELECT id FROM orders', { max_rows: 1_000 });
  expect(answer).toMatchObject({ row_count: 1_000, truncated: false });
  expect(link).toBeUndefined();
  expect(stored()).toEqual(before);
});

it('counts all rows of a result that was read to its end', async () => {
  const { answer, link } = await ask('SELECT id, note FROM orders ORDER BY id', {
    max_rows: 5_000,
  });
  expect(answer).toMatchObject({
    row_count: 1_000,
    total: 1_000,
    truncated: true,
    truncated_by: 'bytes',
  });
  expect(answer.notes[0]).toMatch(
    /^The first \d+ of 1000 rows: an answer holds 20 kB\. To go on: /,
  );
  expect(link?.description).toMatch(/^All 1000 rows/);
  const { rows, headers } = await drain(link);
  expect(headers.at(-1)).toMatchObject({ complete: true });
  expect(rows.at(-1)).toEqual([1_000, 'x'.repeat(999)]);
});

it('keeps cells whole for those who read the rest', async () => {
  const query = "SELECT REPEAT('ü', 10000) AS long_text FROM orders LIMIT 20";
  const { answer, link } = await ask(query);
  expect(answer.rows[0]).toEqual([`${'ü'.repeat(2_000)}…(+8000 chars)`]);
  const { rows } = await drain(link);
  expect(rows).toEqual(Array.from({ length: 20 }, () => ['ü'.repeat(10_000)]));
});

it('links to a row that alone is larger than an answer', async () => {
  const columns = Array.from({ length: 30 }, (_, n) => `REPEAT('x', 1000) AS c${n}`);
  const { answer, link } = await ask(`SELECT ${columns}`);
  expect(answer).toMatchObject({ rows: [], row_count: 1, total: 1, truncated_by: 'bytes' });
  expect(answer.notes[0]).toMatch(/^The first row alone is too large .* Select fewer columns/);
  expect((await drain(link)).rows).toEqual([columns.map(() => 'x'.repeat(1_000))]);
});

it('refuses to read more than 50,000 rows', async () => {
  const args = { query: numbers, max_rows: 50_001 };
  const reply = await client.callTool({ name: 'execute_query', arguments: args });
  expect(reply).toMatchObject({
    isError: true,
    content: [{ text: expect.stringMatching(/^INVALID_ARGUMENT: max_rows/) }],
  });
});

it.each([
  ['BIGINT', '9007199254740993', '9007199254740993'],
  ['BIGINT', '-9007199254740992', '-9007199254740992'],
  ['BIGINT', 'CAST(18446744073709551615 AS UNSIGNED)', '18446744073709551615'],
  ['BIGINT', '9007199254740991', 9007199254740991],
  ['DECIMAL', '0.10', '0.10'],
  [
    'DECIMAL',
    `CAST('${'9'.repeat(35)}.${'1'.repeat(30)}' AS DECIMAL(65, 30))`,
    `${'9'.repeat(35)}.${'1'.repeat(30)}`,
  ],
  ['DOUBLE', '1.7976931348623157e308', 1.7976931348623157e308],
  ['DATE', "DATE '2026-02-28'", '2026-02-28'],
  ['DATETIME', "TIMESTAMP '2026-11-22 10:00:00.123456'", '2026-11-22 10:00:00.123456'],
  ['TIME', "TIME '-838:59:59'", '-838:59:59'],
  ['JSON', `JSON_OBJECT('a', JSON_ARRAY(1, NULL, 'ü'))`, { a: [1, null, 'ü'] }],
  ['JSON', `JSON_COMPACT('{"a": 9007199254740993}')`, '{"a":9007199254740993}'],
  ['VARBINARY', "x'00ff27'", { bytes: 3, preview_hex: '00ff27' }],
  [
    'VARBINARY',
    'UNHEX(SHA2(1, 256))',
    { bytes: 32, preview_hex: '6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b' },
  ],
  ['BLOB', "CAST(REPEAT('a', 100000) AS BINARY)", { bytes: 100_000, preview_hex: '61'.repeat(32) }],
  ['VARBINARY', "b'100000001'", { bytes: 2, preview_hex: '0101' }],
  ['BIT', 'flags', 257],
  ['NULL', 'NULL', null],
  ['VARCHAR', "''", ''],
  ['VARCHAR', "'a\\0b\\\\\"🙂'", 'a\0b\\"🙂'],
  ['INT', 'TRUE', 1],
  ['POINT', 'at', { x: 1.5, y: -2 }],
  [
    'LINESTRING',
    'way',
    [
      { x: 0, y: 0 },
      { x: 1, y: 1 },
    ],
  ],
  [
    'POLYGON',
    'area',
    [
      [
        { x: 0, y: 0 },
        { x: 0, y: 1 },
        { x: 1, y: 1 },
        { x: 0, y: 0 },
      ],
    ],
  ],
])('gives a %s exactly: %s', async (type, expression, value) => {
  const { answer } = await ask(`SELECT ${expression} AS v FROM shapes`);
  expect(answer).toMatchObject({ columns: [{ name: 'v', type }], rows: [[value]] });
});

it('gives the same values in an answer and in what it links to', async () => {
  const row = `9007199254740993 AS big, 19.90 AS price, x'00ff' AS bytes, JSON_OBJECT('a', 1.5) AS json, NULL AS nothing,
    1 AS id, 2 AS id, REPEAT('x', 500) AS filler`;
  const { answer, link } = await ask(`SELECT ${row} FROM orders LIMIT 100`);
  const { rows, headers } = await drain(link);
  expect(headers[0]?.columns).toEqual(answer.columns);
  expect(answer.columns.map(({ name }: { name: string }) => name)).toContain('id_2');
  expect(rows).toEqual(Array.from({ length: 100 }, () => answer.rows[0]));
});

it.each([
  ['an unknown result', `mysql://result/${'0'.repeat(32)}`],
  ['a path', 'mysql://result/../../etc/hostname'],
])('answers the address of %s with -32602 and a way out', async (_what, uri) => {
  const error = await client.readResource({ uri }).catch((error) => error);
  expect(error.code).toBe(-32602);
  expect(error.message).toMatch(
    /expired: results are kept for 15 minutes.* Run the query again\.$/,
  );
});

it('tells hosts how a result is addressed, and lists none', async () => {
  await ask(numbers, { max_rows: 5_000 });
  expect(await client.listResourceTemplates()).toMatchObject({
    resourceTemplates: [{ uriTemplate: 'mysql://result/{id}{?page}' }],
  });
  expect(JSON.stringify(await client.listResources())).not.toContain('result/');
});

it('removes what a cancelled call had stored, and the server stops', async () => {
  const slow = '(SELECT COUNT(*) FROM orders b, orders c WHERE b.id + c.id > a.id)';
  const query = `SELECT ${slow}, ${"REPEAT('x', 2000), ".repeat(12)} 1 FROM orders a`;
  const before = stored();
  const stop = new AbortController();
  const args = { name: 'execute_query', arguments: { query, max_rows: 1_000 } };
  const cancelled = client.callTool(args, undefined, { signal: stop.signal }).catch(String);
  await eventually(() => expect(stored()).toHaveLength(before.length + 1));
  stop.abort();
  await cancelled;
  await eventually(() => expect(stored()).toEqual(before));
  await eventually(async () => {
    const [rows] = await sandbox.admin.query(
      "SELECT info FROM information_schema.processlist WHERE user = ? AND command = 'Query'",
      [sandbox.reader.user],
    );
    expect(rows).toEqual([]);
  });
});

it('answers with the head alone where nothing can be stored, and says so', async () => {
  const other = await start(join(folder, 'no-such-folder'));
  const { answer, link } = await ask('SELECT id, note FROM orders ORDER BY id', {}, other);
  await other.close();
  expect(link).toBeUndefined();
  expect(answer).toMatchObject({ row_count: answer.rows.length, truncated_by: 'bytes' });
  expect(answer.notes).toEqual([
    expect.stringMatching(
      /rows, there are more: .* could not be kept aside\. To go on: add WHERE id > \d+ /,
    ),
  ]);
});

it('leaves nothing on the disk when its client goes', async () => {
  const own = mkdtempSync(join(tmpdir(), 'spool-test-'));
  const other = await start(own);
  await ask(numbers, { max_rows: 5_000 }, other);
  expect(readdirSync(own)).toHaveLength(1);
  await other.close();
  await eventually(() => expect(readdirSync(own)).toEqual([]));
  rmSync(own, { recursive: true });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSourcesFile } from '../../src/sources/read-sources-file.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'sources-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = path.join(folder, 'connectormcp.json');

const variables = {
  PROD_PASSWORD: 'hunter2222',
  TOKEN: 'tok-123456',
  EMPTY: '',
  DATA: '/srv/data',
  LINES: 'hush\r\nCookie: x',
};

function read(content: unknown, taken: string[] = []) {
  const text =
    typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content);
  writeFileSync(file, text);
  return readSourcesFile({ ...variables, CONNECTORMCP_CONFIG: file }, taken);
}

const mysql = { MYSQL_HOST: 'db1', MYSQL_USER: 'reader' };

describe('a source of our own', () => {
  it('is a child with its own variables, filled from the environment, and a label for the model', () => {
    const { sources, secrets, faults } = read({
      sources: {
        'mysql-prod': {
          connector: 'mysql',
          title: 'Production',
          env: { ...mysql, MYSQL_PASSWORD: '${PROD_PASSWORD}', MYSQL_PORT: '${PORT:-3307}' },
        },
        'mysql-dwh': { connector: 'mysql', env: mysql },
      },
    });
    expect(faults).toEqual([]);
    expect(sources).toMatchObject([
      {
        name: 'mysql-prod',
        title: 'Production',
        label: 'Production',
        kind: { type: 'connector', name: 'mysql' },
        server: { env: { ...mysql, MYSQL_PASSWORD: 'hunter2222', MYSQL_PORT: '3307' } },
      },
      { name: 'mysql-dwh', title: 'MySQL (mysql-dwh)' },
    ]);
    expect(secrets).toEqual(['hunter2222']);
  });
});

describe('a server of others', () => {
  it('is started or called as the file says, and its tokens are secrets', () => {
    const { sources, secrets, faults } = read({
      mcpServers: {
        files: {
          command: 'npx',
          args: ['-y', 'server-files', '${DATA}'],
          env: { MODE: 'ro' },
          cwd: '/tmp',
          readTools: ['read', 'read', 'list'],
        },
        wiki: {
          type: 'http',
          url: 'https://wiki.example/mcp',
          headers: { Authorization: 'Bearer ${TOKEN}', 'X-Region': 'somewhere' },
          title: 'Wiki',
        },
        local: { url: 'http://127.0.0.1:8080/mcp' },
        off: { command: '${NOT_SET}', disabled: true },
      },
    });
    expect(faults).toEqual([]);
    expect(sources).toEqual([
      {
        name: 'files',
        title: 'files',
        label: 'files',
        kind: { type: 'external', readTools: ['read', 'list'] },
        server: {
          type: 'stdio',
          command: ['npx', '-y', 'server-files', '/srv/data'],
          env: { MODE: 'ro' },
          cwd: '/tmp',
        },
      },
      {
        name: 'wiki',
        title: 'Wiki',
        label: 'Wiki',
        kind: { type: 'external', readTools: [] },
        server: {
          type: 'http',
          url: 'https://wiki.example/mcp',
          headers: { Authorization: 'Bearer tok-123456', 'X-Region': 'somewhere' },
        },
      },
      expect.objectContaining({ name: 'local' }),
    ]);
    expect(secrets).toEqual(['Bearer tok-123456', 'tok-123456']);
  });
});

describe('a file with faults', () => {
  it('tells all of them with line, column and path', () => {
    const { faults } = read(`{
  "source": {},
  "sources": {
    "Prod": {"connector": "mysql", "env": {"MYSQL_HOST": "db", "MYSQL_USER": "r"}},
    "prod": {
      "connector": "mysql",
      "env": {"MYSQL_HOTS": "db", "MYSQL_USER": "r", "MYSQL_PORT": 3306}
    },
    "dwh": {
      "connector": "mysq"
    },
    "shop": {
      "connector": "mysql",
      "env": {"MYSQL_HOST": "\${SHOP_HOST}", "MYSQL_PORT": "many"}
    }
  },
  "mcpServers": {
    "files": {"comand": "npx", "readTools": "read"}
  }
}`);
    expect(faults).toEqual([
      'connectormcp.json:2:3 source: is unknown; did you mean sources?',
      'connectormcp.json:4:5 sources.Prod: a name begins with a lowercase letter, and up to 30 lowercase letters, digits or hyphens follow',
      'connectormcp.json:7:15 sources.prod.env.MYSQL_HOTS: is unknown; did you mean MYSQL_HOST?',
      'connectormcp.json:7:54 sources.prod.env.MYSQL_PORT: must be text in double quotes',
      'connectormcp.json:10:7 sources.dwh.connector: there is no connector "mysq"; did you mean mysql?',
      'connectormcp.json:14:7 sources.shop.env.MYSQL_USER: is missing — an account that may only SELECT',
      'connectormcp.json:14:15 sources.shop.env.MYSQL_HOST: ${SHOP_HOST} is not set in the environment',
      'connectormcp.json:14:45 sources.shop.env.MYSQL_PORT: must be a number — its port, 3306 when not set',
      'connectormcp.json:18:15 mcpServers.files.comand: is unknown; did you mean command?',
      'connectormcp.json:18:32 mcpServers.files.readTools: must be a list: [ … ]',
    ]);
  });

  it.each<[string, unknown, string]>([
    ['no object', [], '1:1 the file: must be an object: { … }'],
    ['a section that is none', { sources: [] }, '1:2 sources: must be an object: { … }'],
    ['an entry that is none', { sources: { a: 1 } }, '1:13 sources.a: must be an object: { … }'],
    ['no connector', { sources: { a: {} } }, '1:13 sources.a.connector: is missing'],
    [
      'neither way',
      { mcpServers: { a: {} } },
      'mcpServers.a: needs a command (a program on this machine) or a url',
    ],
    [
      'both ways',
      { mcpServers: { a: { command: 'x', url: 'https://x.example' } } },
      'a.url: stands beside a command; it is one or the other',
    ],
    [
      'the other way’s type',
      { mcpServers: { a: { command: 'x', type: 'http' } } },
      'a.type: is http, which needs a url',
    ],
    [
      'the old transport',
      { mcpServers: { a: { url: 'https://x.example', type: 'sse' } } },
      'a.type: must be stdio or http',
    ],
    [
      'headers for a program',
      { mcpServers: { a: { command: 'x', headers: {} } } },
      'a.headers: belongs to a server with a url',
    ],
    [
      'arguments for an address',
      { mcpServers: { a: { url: 'https://x.example', args: [] } } },
      'a.args: belongs to a server with a command',
    ],
    ['an empty command', { mcpServers: { a: { command: '' } } }, 'a.command: must not be empty'],
    [
      'a null character',
      { mcpServers: { a: { command: 'x', args: ['\0'] } } },
      'a.args.0: must not hold a null character',
    ],
    [
      'plain HTTP',
      { mcpServers: { a: { url: 'http://x.example/mcp' } } },
      'a.url: must begin with https://; http is for this machine only',
    ],
    [
      'a host that only looks local',
      { mcpServers: { a: { url: 'http://127.0.0.1.x.example' } } },
      'a.url: must begin with https://',
    ],
    [
      'another scheme',
      { mcpServers: { a: { url: 'file:///etc/passwd' } } },
      'a.url: must begin with https://',
    ],
    ['no address', { mcpServers: { a: { url: 'x' } } }, 'a.url: is no address'],
    [
      'a password in the address',
      { mcpServers: { a: { url: 'https://u:hush@x.example' } } },
      'a.url: must not hold a user or password',
    ],
    [
      'a header that breaks out',
      { mcpServers: { a: { url: 'https://x.example', headers: { A: 'b\r\nC: d' } } } },
      'a.headers.A: has a character that no header may have',
    ],
    [
      'a variable that breaks out of its header',
      { mcpServers: { a: { url: 'https://x.example', headers: { A: 'Bearer ${LINES}' } } } },
      'a.headers.A: has a character that no header may have',
    ],
    [
      'a header without a name',
      { mcpServers: { a: { url: 'https://x.example', headers: { 'A b': 'c' } } } },
      'a.headers.A b: is no name of a header',
    ],
    [
      'a missing variable',
      { mcpServers: { a: { command: 'x', env: { K: '${NOPE}' } } } },
      'a.env.K: ${NOPE} is not set in the environment',
    ],
    [
      'a name of a command',
      { mcpServers: { auto: { command: 'x' } } },
      'mcpServers.auto: this name means something else to /datasource',
    ],
    [
      'a name that is too long',
      { mcpServers: { [`a${'b'.repeat(31)}`]: { command: 'x' } } },
      'a name begins with',
    ],
    ['an underscore', { mcpServers: { my_files: { command: 'x' } } }, 'a name begins with'],
    [
      'a name twice',
      { sources: { a: { connector: 'mysql', env: mysql } }, mcpServers: { a: { command: 'x' } } },
      'mcpServers.a: there is a source of this name already; choose another',
    ],
    [
      'a name of the environment',
      { mcpServers: { mysql: { command: 'x' } } },
      'mcpServers.mysql: the environment’s variables configure a source of this name already',
    ],
    [
      'a key of Object',
      { mcpServers: { a: { command: 'x', __proto__: null, constructor: 1 } } },
      'a.constructor: is unknown',
    ],
    ['no JSON', '{"a": 1,}', 'connectormcp.json:1:8 a comma too many'],
    ['a comment', '// x\n{}', 'connectormcp.json:1:1 comments are not JSON'],
    ['nothing', '', 'connectormcp.json:1:1 the file ends in the middle'],
    [
      'UTF-16',
      Buffer.from('{}', 'utf16le').fill(0xff, 0, 1),
      'can’t be read, since it is not UTF-8',
    ],
    ['far too much', `{"a":"${'x'.repeat(2 ** 20)}"}`, 'has more than 1 MB'],
  ])('is refused: %s', (_, content, fault) => {
    const { faults } = read(content, ['mysql']);
    expect(faults).toEqual([expect.stringContaining(fault)]);
    expect(faults.join()).not.toContain('hush');
  });

  it('that is named and not there is one; one that nobody named may be absent', () => {
    const missing = path.join(folder, 'missing.json');
    expect(readSourcesFile({ CONNECTORMCP_CONFIG: missing }, []).faults).toEqual([
      `CONNECTORMCP_CONFIG: there is no file ${missing}`,
    ]);
    expect(readSourcesFile({ CONNECTORMCP_CONFIG: folder }, []).faults).toEqual([
      `CONNECTORMCP_CONFIG: ${folder} can’t be read (EISDIR)`,
    ]);
    expect(readSourcesFile({ CONNECTORMCP_CONFIG: ' ' }, [])).toEqual({
      sources: [],
      secrets: [],
      faults: [],
    });
  });
});

it('the example in the repository is right', () => {
  const secrets = { PROD_DB_PASSWORD: 'a', DWH_DB_PASSWORD: 'b', WIKI_TOKEN: 'c' };
  const { sources, faults } = readSourcesFile(
    { ...secrets, CONNECTORMCP_CONFIG: 'connectormcp.example.json' },
    [],
  );
  expect(faults).toEqual([]);
  expect(sources.map(({ name }) => name)).toEqual(['mysql-prod', 'mysql-dwh', 'files', 'wiki']);
});

import { pino } from 'pino';
import { expect, it } from 'vitest';
import { childLog } from '../../src/agent/child-log.ts';

function start() {
  const lines: string[] = [];
  const log = pino({ base: null }, { write: (line) => lines.push(JSON.parse(line).line) });
  const server = {
    type: 'stdio' as const,
    command: [],
    env: { DB_PASSWORD: 'hunter22', DB_HOST: 'db.example.com', API_TOKEN: '' },
  };
  const kind = { type: 'external' as const, readTools: [] };
  return { say: childLog({ name: 'db', title: 'DB', server, kind }, log), lines };
}

it('takes a child’s output into the log by lines, however it is cut', () => {
  const { say, lines } = start();
  for (const chunk of ['con', 'nected to db.exa', 'mple.com\nsecond line\n\nunfin']) say(chunk);
  expect(lines).toEqual(['connected to db.example.com', 'second line']);
});

it('blots out the child’s secrets, also when they come in pieces', () => {
  const { say, lines } = start();
  say('user root, password hun');
  say('ter22, again hunter22\n');
  expect(lines).toEqual(['user root, password [redacted], again [redacted]']);
});

it('caps long lines and floods', () => {
  const { say, lines } = start();
  say(`${'x'.repeat(100_000)}\n`);
  say('y\n'.repeat(10_000));
  expect(lines[0]).toHaveLength(2_000);
  expect(lines.length).toBeLessThan(500);
});

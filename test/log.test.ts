import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLog, type Log } from '../src/log.ts';

/** What a log writes, line by line, as pino writes it. */
function written(write: (log: Log) => void): string {
  let lines = '';
  const destination = new Writable({
    write(chunk, _, done) {
      lines += chunk;
      done();
    },
  });
  write(createLog(destination));
  return lines;
}

const entry = (write: (log: Log) => void) => JSON.parse(written(write));
const key = `ghp_${'a1B2'.repeat(9)}`;

describe('of an error', () => {
  it('the type, message, stack and code are logged, down the chain of causes', () => {
    const cause = Object.assign(new TypeError('no route'), { code: 'EHOSTUNREACH' });
    const { err } = entry((log) => log.warn({ err: new Error('no answer', { cause }) }, 'failed'));
    expect(err).toEqual({
      type: 'Error',
      message: 'no answer',
      stack: expect.stringContaining('log.test.ts'),
      cause: {
        type: 'TypeError',
        message: 'no route',
        stack: expect.stringContaining('log.test.ts'),
        code: 'EHOSTUNREACH',
      },
    });
  });

  it('nothing else is: not the command of a Redis error, on whatever level', () => {
    const refused = () =>
      Object.assign(new Error('WRONGPASS'), {
        command: { name: 'auth', args: ['default', 'hunter2'] },
        previousErrors: [{ args: ['how many orders?'] }],
      });
    const lines = written((log) => {
      log.error({ err: refused() }, 'failed');
      log.error({ error: refused() }, 'failed');
      log.error(refused());
      log.error({ err: new Error('outer', { cause: refused() }) });
      log.error({ err: new AggregateError([refused(), refused()], 'all failed') });
      log.child({ err: refused() }).error('failed');
    });
    expect(lines.match(/WRONGPASS/g)?.length).toBeGreaterThan(6);
    expect(lines).not.toMatch(/hunter2|how many|args/);
  });

  it('the errors of an AggregateError are, up to five', () => {
    const errors = Array.from({ length: 9 }, (_, index) => new Error(`way ${index}`));
    const { err } = entry((log) => log.error({ err: new AggregateError(errors, 'all failed') }));
    expect(err.type).toBe('AggregateError');
    expect(err.errors.map(({ message }: Error) => message)).toEqual(
      [0, 1, 2, 3, 4].map((index) => `way ${index}`),
    );
  });

  it('a secret in its message is not, nor the arguments that Redis repeats', () => {
    const lines = written((log) => {
      log.error({ err: new Error(`refused ${key}`) }, 'failed');
      log.error({ err: new Error(`refused ${key}`) });
      log.error(new Error(`refused ${key}`));
      log.error({ error: `refused ${key}` }, `failed with ${key}`);
      log.error({
        err: new Error(
          "ERR unknown command 'HELLO', with args beginning with: '3' 'AUTH' 'hunter2'",
        ),
      });
    });
    expect(lines.match(/refused \[redacted\]/g)?.length).toBeGreaterThanOrEqual(7);
    expect(lines).toContain("unknown command 'HELLO'");
    expect(lines).not.toMatch(/ghp_|hunter2/);
  });

  it('a chain without end has one in the log', () => {
    const first = new Error('first');
    const second = new Error('second', { cause: first });
    first.cause = second;
    const { err } = entry((log) => log.error({ err: first }, 'failed'));
    expect(err.cause.cause.message).toBe('first');
    expect(JSON.stringify(err).length).toBeLessThan(20_000);
  });

  it.each([
    ['a string', 'no answer', 'no answer'],
    ['a string with a secret', key, '[redacted]'],
    ['nothing', undefined, undefined],
    ['null', null, null],
    [
      'an object like an error',
      { message: 'gone', args: ['x'] },
      { type: 'Object', message: 'gone' },
    ],
    ['another object', { args: ['hunter2'] }, { type: 'Object' }],
    ['an object without a prototype', Object.create(null), { type: 'Object' }],
  ])('%s that was thrown is logged as far as it is one', (_, thrown, expected) => {
    expect(entry((log) => log.error({ err: thrown }, 'failed')).err).toEqual(expected);
  });
});

it('ids, numbers and names are logged as they are', () => {
  const fields = { run: 'run-1', ms: 12, ok: true, nothing: null, usage: { in: 3 } };
  expect(entry((log) => log.info(fields, 'tool call'))).toMatchObject({
    level: 'info',
    ...fields,
    msg: 'tool call',
  });
});

it.each<[string, (log: Log) => void, string]>([
  ['alone', (log) => log.info(`key ${key}`), 'key [redacted]'],
  ['with values', (log) => log.info('key %s of %d', key, 2), 'key [redacted] of 2'],
  ['with fields', (log) => log.info({ ms: 1 }, `key ${key}`), 'key [redacted]'],
])('a sentence %s is logged without secrets', (_, write, expected) => {
  expect(entry(write).msg).toBe(expected);
});

it('message text, rows and tokens are not', () => {
  const lines = written((log) => {
    log.info({
      text: 'how many',
      rows: [1],
      token: 'hunter2',
      question: { text: 'how many' },
      a: { b: { rows: ['hunter2'] } },
    });
  });
  expect(lines).not.toMatch(/how many|hunter2/);
});

import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chromiumPath } from '../../../playground/services/chromium-path.ts';
import { runInDocker } from '../../../playground/services/docker.ts';
import { findProgram } from '../../../playground/services/find-program.ts';
import { firstThatWorks } from '../../../playground/services/first-that-works.ts';
import { namedServices } from '../../../playground/services/start-services.ts';
import { StartError } from '../../../src/errors.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ways-test-'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function addProgram(name: string, script = ''): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

describe('findProgram', () => {
  it('finds the first name that is there, and no folder or plain file of that name', async () => {
    await mkdir(join(folder, 'a-server'));
    await writeFile(join(folder, 'b-server'), '');
    const file = await addProgram('c-server');
    expect(await findProgram(['a-server', 'b-server', 'c-server'], folder)).toBe(file);
    expect(await findProgram(['a-server'], folder)).toBeUndefined();
  });
});

describe('firstThatWorks', () => {
  const way = (name: string, get: () => Promise<number | undefined>) => ({ name, get });

  it('goes on past what is missing and what fails', async () => {
    const last = vi.fn(async () => 4);
    const ways = [
      way('missing', async () => undefined),
      way('failing', () => Promise.reject(new Error('no room'))),
      way('working', async () => 3),
      way('never reached', last),
    ];
    expect(await firstThatWorks(ways, 'Install it.')).toBe(3);
    expect(last).not.toHaveBeenCalled();
  });

  it('says what to do, and what went wrong on the way', async () => {
    const ways = [
      way('here', () => Promise.reject(new Error('no room'))),
      way('there', async () => undefined),
    ];
    const result = firstThatWorks(ways, 'Install it.');
    await expect(result).rejects.toThrow(StartError);
    await expect(result).rejects.toThrow('Install it.\n  here: no room');
  });
});

describe('Docker', () => {
  const image = { image: 'db:1', port: 3306, env: { PASSWORD: 's3cret' }, args: ['--fast'] };

  it('runs a container on loopback, with secrets out of the list of processes', async () => {
    const calls = join(folder, 'calls');
    await addProgram(
      'docker',
      `echo "$@ / $PASSWORD" >> ${calls}; [ "$1" = port ] && echo 127.0.0.1:4711; exit 0`,
    );
    vi.stubEnv('PATH', folder);
    const kept: object[] = [];
    const scratch = { folder, keep: (one: object) => kept.push(one), close: async () => {} };
    const asked: number[] = [];
    const port = await runInDocker(scratch, {
      ...image,
      answers: async (at) => void asked.push(at),
    });
    expect(port).toBe(4711);
    expect(asked).toEqual([4711]);
    const [, run = ''] = (await readFile(calls, 'utf8')).split('\n');
    expect(run).toMatch(
      /^run --detach --rm --name (connectormcp-\w+) --publish 127\.0\.0\.1::3306 --env PASSWORD db:1 --fast \/ s3cret$/,
    );
    expect(kept).toEqual([{ container: run.split(' ')[4] }]);
  });

  it.each([
    ['is not there', ''],
    ['does not answer', 'exit 1'],
  ])('is passed over when it %s', async (_name, script) => {
    if (script) await addProgram('docker', script);
    vi.stubEnv('PATH', folder);
    const scratch = { folder, keep: () => {}, close: async () => {} };
    expect(await runInDocker(scratch, { ...image, answers: async () => {} })).toBeUndefined();
  });
});

describe('chromiumPath', () => {
  it('takes what CHROME_PATH names, and says so when that is nothing', async () => {
    const chrome = await addProgram('my-chrome');
    expect(await chromiumPath({ CHROME_PATH: chrome })).toBe(chrome);
    await expect(chromiumPath({ CHROME_PATH: folder })).rejects.toThrow(
      /CHROME_PATH names .* not a program/,
    );
  });

  it('finds one on the path', async () => {
    const chromium = await addProgram('chromium');
    expect(await chromiumPath({ PATH: folder })).toBe(chromium);
  });
});

it.each([
  [{}, { redis: undefined, mysql: undefined }],
  [
    { REDIS_URL: '', MYSQL_HOST: '' },
    { redis: undefined, mysql: undefined },
  ],
  [{ REDIS_URL: 'redis://a, redis://b' }, { redis: 'redis://a', mysql: undefined }],
  [
    {
      MYSQL_HOST: 'db',
      MYSQL_PORT: '3307',
      MYSQL_USER: 'u',
      MYSQL_PASSWORD: 'p',
      MYSQL_DATABASE: 'd',
    },
    {
      redis: undefined,
      mysql: { host: 'db', port: 3307, user: 'u', password: 'p', database: 'd' },
    },
  ],
])('reads what %j names', (env, named) => {
  expect(namedServices(env)).toEqual(named);
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, inject, it, onTestFinished } from 'vitest';
import { chromiumPath } from '../../../playground/services/chromium-path.ts';
import { type Services, startServices } from '../../../playground/services/start-services.ts';

let parent: string;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'services-test-'));
});

afterAll(() => rm(parent, { recursive: true, force: true }));

const isListening = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => socket.destroy()).once('close', (failed) => resolve(!failed));
    socket.on('error', () => {});
  });

const portOf = (services: Pick<Services, 'redis'>) => Number(new URL(services.redis.url).port);

it('starts a second set beside the one that is running, behind passwords, and leaves nothing', async () => {
  const services = await startServices({ scratch: parent, say: () => {} });
  onTestFinished(services.close);
  const { mysql } = services;
  expect([portOf(services), mysql.port]).not.toContain(Number(new URL(inject('redisUrl')).port));
  expect(mysql.port).not.toBe(inject('mysql').port);

  const stranger = new Redis(portOf(services), { enableReadyCheck: false });
  stranger.on('error', () => {}); // refused at the greeting already
  await expect(stranger.get('x')).rejects.toThrow(/NOAUTH/);
  stranger.disconnect();
  const { host, port, root } = mysql;
  await expect(createConnection({ host, port, user: root.user, password: '' })).rejects.toThrow(
    /denied/,
  );
  const connection = await createConnection({ host, port, ...root });
  const [rows] = await connection.query(
    "SELECT @@time_zone AS zone, @@character_set_server AS text, COUNT(*) AS users FROM mysql.user WHERE User = 'root'",
  );
  expect(rows).toEqual([{ zone: '+00:00', text: 'utf8mb4', users: 1 }]);
  await connection.end();

  await services.close();
  expect([await isListening(portOf(services)), await isListening(port)]).toEqual([false, false]);
  expect(await readdir(parent)).toEqual([]);
});

it('leaves nothing when the one who started it is killed', async () => {
  const module = new URL('../../../playground/services/start-services.ts', import.meta.url).href;
  const code = `
    import { startServices } from ${JSON.stringify(module)};
    const services = await startServices({ scratch: ${JSON.stringify(parent)}, say() {} });
    console.log(JSON.stringify(services));
    setInterval(() => {}, 1e6);`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const services = JSON.parse(String((await once(owner.stdout, 'data'))[0])) as Services;
  expect([await isListening(portOf(services)), await isListening(services.mysql.port)]).toEqual([
    true,
    true,
  ]);

  owner.kill('SIGKILL');
  await expect.poll(() => isListening(portOf(services)), { timeout: 5000 }).toBe(false);
  await expect.poll(() => isListening(services.mysql.port), { timeout: 5000 }).toBe(false);
  await expect.poll(() => readdir(parent), { timeout: 5000 }).toEqual([]);
});

it('takes what is named, and says which variable is wrong', async () => {
  const { database: _, user, password, host, port } = inject('mysql');
  const say = () => {};
  const mysql = { host, port, user, password };
  const named = await startServices({ scratch: parent, redis: inject('redisUrl'), mysql, say });
  expect(named.mysql).toMatchObject({ port, user, isPrivate: false });
  await named.close();
  expect(await isListening(port)).toBe(true);

  const redis = startServices({ scratch: parent, redis: 'redis://127.0.0.1:1', mysql, say });
  await expect(redis).rejects.toThrow(/REDIS_URL/);
  const wrong = { ...mysql, password: 'wrong' };
  const refused = startServices({ scratch: parent, redis: inject('redisUrl'), mysql: wrong, say });
  await expect(refused).rejects.toThrow(/MYSQL_USER/);
  expect(await readdir(parent)).toEqual([]);
});

it('finds a browser', async () => {
  expect(existsSync(await chromiumPath())).toBe(true);
});

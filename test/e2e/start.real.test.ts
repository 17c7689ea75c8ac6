import { randomUUID } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import { describe, expect, inject, it } from 'vitest';
import { startApp } from '../../playground/app-process.ts';
import { calls, says } from '../../playground/model/script.ts';
import { startModel } from '../../playground/model/server.ts';
import { startSlack } from '../../playground/slack/server.ts';
import { start } from '../../src/start.ts';
import { environment, startBot } from '../support/start-bot.ts';
import { openWire } from '../support/wire.ts';

describe('a start with a fault', () => {
  it('lists all variables that are missing or wrong, and ends with 1', async () => {
    const faults = startApp({ PATH: process.env.PATH, PORT: 'x', MYSQL_USER: 'reader' });
    await expect(faults).rejects.toThrow(/SLACK_BOT_TOKEN.*SLACK_APP_TOKEN.*ANTHROPIC_API_KEY/s);
    await expect(faults).rejects.toThrow(/MYSQL_HOST/);
    await expect(faults).rejects.toThrow(/PORT/);
    await expect(faults).rejects.not.toThrow(/ at .*\.ts:\d+/);
    await expect(faults).rejects.toThrow(/exit code 1/);
  });

  it.each([
    ['SLACK_BOT_TOKEN', { SLACK_BOT_TOKEN: 'xoxb-wrong' }],
    ['SLACK_APP_TOKEN', { SLACK_APP_TOKEN: 'xapp-wrong' }],
    ['ANTHROPIC_API_KEY', { ANTHROPIC_API_KEY: 'wrong' }],
    ['REDIS_URL', { REDIS_URL: 'redis://:hush@127.0.0.1:1' }],
  ])('names %s when it is refused', async (name, wrong) => {
    await using slack = await startSlack();
    await using model = await startModel({ mode: 'script', script: () => says('Fine.') });
    const started = start(environment(slack, model, { PORT: '0', ...wrong }));
    await expect(started).rejects.toThrow(name);
    await expect(started).rejects.toMatchObject({ name: 'StartError' });
    await expect(started).rejects.not.toThrow(/hush/);
  });
});

describe('a data source that does not work', () => {
  it('is named at start and by /datasource, and taken up when it works', async () => {
    const user = `late_${randomUUID().slice(0, 8)}`;
    await using bot = await startBot({
      script: [calls('mysql__execute_query', { query: 'SELECT 1 + 1' }), says('Two.')],
      env: { MYSQL_USER: user, MYSQL_PASSWORD: 'not known yet', MYSQL_DATABASE: '' },
    });
    const shown = async () => {
      const before = bot.slack.messages('#data', { user: '@dana' }).length;
      await bot.slack.command('@dana', '#data', '/datasource', 'test');
      const answer = await bot.slack.until(
        () => bot.slack.messages('#data', { user: '@dana' })[before],
      );
      return JSON.stringify(answer.blocks);
    };
    expect(await shown()).toMatch(/MySQL.*MYSQL_(USER|PASSWORD)/);

    const root = await createConnection(inject('mysqlRoot'));
    await root.query(`CREATE USER ${user} IDENTIFIED BY 'not known yet'`);
    await root.query(`GRANT SELECT ON shop.* TO ${user}`);
    await root.end();
    expect(await shown()).toMatch(/MySQL.*answers/);
    const reply = await bot.ask('#data', '@connector what is 1 + 1?');
    expect(reply.text).toContain('Two.');
    expect(JSON.stringify(bot.model.requests()[1]?.body.messages)).toContain('[[2]]');
  });

  it('costs one honest sentence when it goes down, and works again without a restart', async () => {
    const { host, port } = inject('mysql');
    await using wire = await openWire(host, port);
    const ask = calls('mysql__execute_query', { query: 'SELECT COUNT(*) FROM orders' });
    await using bot = await startBot({
      script: [ask, says('MySQL is not answering, so I cannot say.'), ask, says('5,000.')],
      env: { MYSQL_PORT: String(wire.port) },
    });
    wire.cut();
    const down = await bot.ask('#data', '@connector how many orders?');
    expect(JSON.stringify(bot.model.requests()[1]?.body.messages)).toContain('UPSTREAM_ERROR');
    expect(down.text).toContain('not answering');
    wire.mend();
    await bot.ask('#data', 'and now?', { thread_ts: down.ts });
    expect(JSON.stringify(bot.model.requests()[3]?.body.messages)).toContain('[[5000]]');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calls, cuts, fails, says, thinks } from '../../playground/model/script.ts';
import { type Bot, startBot } from '../support/start-bot.ts';

const slowly = 'word '.repeat(60).split(/(?<= )/);

describe('the reply', () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot({});
  });
  afterAll(() => bot[Symbol.asyncDispose]());

  it('is posted at once, edited while it grows, and complete at the end', async () => {
    await using bot = await startBot({
      script: [says(slowly)],
      pace: { firstTokenMs: 50, charsPerTick: 5, tickMs: 40 },
    });
    const reply = await bot.ask('#general', '@connector tell me a lot');
    const calls = bot.slack.traffic().filter(({ method }) => /^chat\./.test(method));
    expect(calls[0]?.method).toBe('chat.postMessage');
    expect(calls[0]?.args).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false' });
    const updates = calls.slice(1);
    expect(updates.length).toBeGreaterThanOrEqual(3); // the first words, something in between, the end
    expect(updates.every(({ method }) => method === 'chat.update')).toBe(true);
    expect(reply.text).toContain('word '.repeat(60).trim());
  });

  it('says what it is doing while tools run', async () => {
    await using bot = await startBot({
      script: [
        calls('mysql__execute_query', { query: 'SELECT COUNT(*) FROM orders' }),
        says('Done.'),
      ],
      pace: { firstTokenMs: 1200, charsPerTick: 50, tickMs: 10 },
    });
    await bot.ask('#general', '@connector how many orders?');
    const shown = bot.slack
      .traffic()
      .map(({ args }) => JSON.stringify(args))
      .join('\n');
    expect(shown).toContain('Querying MySQL');
    expect(shown).toContain('SELECT COUNT(*) FROM orders');
  });

  it('never shows thinking as an answer', async () => {
    bot.will([thinks('the user wants a number'), says('Seven.')].flat());
    const reply = await bot.ask('#general', '@connector how many?');
    expect(reply.text).toContain('Seven.');
    expect(reply.text).not.toContain('the user wants');
  });

  it('edits the same message when the model breaks off and starts again', async () => {
    bot.will([says('Half an ans'), cuts()].flat(), says('The whole answer.'));
    const reply = await bot.ask('#general', '@connector how many?');
    expect(reply.messages).toHaveLength(1);
    expect(reply.text).toContain('The whole answer.');
    expect(reply.text).not.toContain('Half an ans');
  });

  it('says honestly that the model is overloaded, and answers the next question', async () => {
    const busy = fails({ status: 529 });
    bot.will(busy, busy, busy, says('Back again.'));
    const first = await bot.ask('#general', '@connector how many?');
    expect(first.text).toMatch(/Claude/);
    expect((await bot.ask('#general', 'and now?', { thread_ts: first.ts })).text).toContain(
      'Back again.',
    );
  });

  it('arrives in spite of rate limits, server errors and lost replies', async () => {
    bot.will(says('Against all odds.'));
    bot.slack.fault({ method: 'chat.update', status: 429, retryAfter: 1, count: 1 });
    bot.slack.fault({ method: 'chat.postMessage', lostReply: true, count: 1 });
    const reply = await bot.ask('#general', '@connector hello');
    expect(reply.messages).toHaveLength(1);
    expect(reply.text).toContain('Against all odds.');
  });

  it('works with a Slack that knows only the classic methods', async () => {
    await using bot = await startBot({ slack: { classicOnly: true }, script: [says('Fine.')] });
    expect((await bot.ask('#general', '@connector hello')).text).toContain('Fine.');
  });

  it('goes on in further messages when it is long, and pings nobody', async () => {
    const long = `${'A paragraph of an answer that is long. '.repeat(20)}\n\n`.repeat(30);
    await using bot = await startBot({
      script: [says(`<!channel> <@U0LUIS> ${long}the end`)],
      pace: { firstTokenMs: 5, charsPerTick: 2000, tickMs: 5 },
    });
    const reply = await bot.ask('#general', '@connector tell me everything');
    expect(reply.messages.length).toBeGreaterThan(1);
    expect(reply.text).toContain('the end');
    expect(reply.text).not.toMatch(/<[!@]/);
  });
});

describe('/datasource', () => {
  const answerTo = async (bot: Bot, text: string, user = '@dana') => {
    const before = bot.slack.messages('#general', { user }).length;
    await bot.slack.command(user, '#general', '/datasource', text);
    const answer = await bot.slack.until(() => bot.slack.messages('#general', { user })[before]);
    return JSON.stringify([answer.text, answer.blocks]);
  };

  it('shows the sources with a live test, and switches between them', async () => {
    await using bot = await startBot({ script: [says('Fine.'), says('Fine.')] });
    expect(await answerTo(bot, '')).toMatch(/MySQL.*answers, \d+ ms/);
    expect(await answerTo(bot, 'test')).toMatch(/MySQL.*answers/);
    expect(await answerTo(bot, 'mysql')).toMatch(/go to \*MySQL\*/);
    await bot.ask('#general', '@connector hello');
    expect(JSON.stringify(bot.model.requests()[0]?.body.messages)).toContain('only mysql');
    expect(await answerTo(bot, 'auto')).toMatch(/every source/);
    expect(await answerTo(bot, 'mysqll')).toMatch(/no data source called.*mysql/);
    expect(await answerTo(bot, '', '@gwen')).toMatch(/only answer full members/);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calls, says, stops } from '../../playground/model/script.ts';
import { type Bot, startBot } from '../support/start-bot.ts';

const count = 'SELECT COUNT(*) AS n FROM orders';

describe.each(['socket', 'http'] as const)('over %s delivery', (delivery) => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot({ delivery });
  });
  afterAll(() => bot[Symbol.asyncDispose]());

  it('answers a mention in its thread with what the tool found', async () => {
    bot.will(calls('mysql__execute_query', { query: count }), says('There are **5,000** orders.'));
    const reply = await bot.ask('#general', '@connector how many orders?');
    expect(reply.messages).toHaveLength(1);
    expect(reply.messages[0]?.thread_ts).toBe(reply.ts);
    expect(reply.text).toContain('There are **5,000** orders.');
    const [, second] = bot.requests();
    expect(JSON.stringify(second?.body.messages)).toContain('[5000]');
  });

  it.each(['mention-first', 'message-first', 'mention-only', 'message-only'] as const)(
    'gives one answer to a mention delivered %s, each event twice',
    async (twinOrder) => {
      bot.will(says('Once.'), says('Twice!'));
      const reply = await bot.ask('#general', '@connector hello there', {
        twinOrder,
        deliverTwice: true,
      });
      await bot.slack.until(() => bot.slack.deliveries().every(({ ackedAt }) => ackedAt));
      await bot.answered(reply.session, 1);
      expect(reply.messages).toHaveLength(1);
      expect(bot.requests()).toHaveLength(1);
    },
  );
});

describe('a conversation', () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot({});
  });
  afterAll(() => bot[Symbol.asyncDispose]());

  it('goes on in its thread without a mention, with all that was said', async () => {
    bot.will(says('Five thousand.'), says('Last month 400.'));
    const first = await bot.ask('#data', '@connector how many orders?');
    const second = await bot.ask('#data', 'and last month?', { thread_ts: first.ts });
    expect(second.text).toContain('Last month 400.');
    const [, request] = bot.requests();
    const said = JSON.stringify(request?.body.messages);
    expect(said).toContain('how many orders?');
    expect(said).toContain('Five thousand.');
    expect(said).toContain('and last month?');
  });

  it('takes no question from somebody in the thread who did not mention the bot, and reads what they said later', async () => {
    bot.will(says('One.'), says('Two.'));
    const first = await bot.ask('#data', '@connector how many orders?');
    bot.slack.say('@luis', '#data', 'I think it is about five thousand', { thread_ts: first.ts });
    const second = await bot.ask('#data', 'is that right?', { thread_ts: first.ts });
    expect(second.text).toContain('Two.');
    expect(bot.requests()).toHaveLength(2);
    const said = JSON.stringify(bot.requests()[1]?.body.messages.at(-1));
    expect(said).toContain('I think it is about five thousand');
    expect(said).toMatch(/name[^a-z]+luis/);
  });

  it('reads the earlier messages of a thread it is called into', async () => {
    bot.will(says('I see.'));
    const root = bot.slack.say('@luis', '#data', 'order 4711 looks odd');
    bot.slack.say('@mei', '#data', 'its total is negative', { thread_ts: root });
    await bot.ask('#data', '@connector what do you think?', { thread_ts: root });
    const said = JSON.stringify(bot.requests()[0]?.body.messages);
    expect(said).toContain('order 4711 looks odd');
    expect(said).toContain('its total is negative');
  });

  it('is one running conversation in a DM, answered at its root', async () => {
    bot.will(says('Hello.'), says('Again.'));
    const first = await bot.ask('@dana', 'hello');
    const second = await bot.ask('@dana', 'and again');
    expect(first.messages[0]).not.toHaveProperty('thread_ts');
    expect(second.text).toContain('Again.');
    expect(JSON.stringify(bot.requests()[1]?.body.messages)).toContain('Hello.');
  });

  it('answers questions that come while it works one after another, in their order', async () => {
    bot.will(says('First.'), says('Second.'), says('Third.'));
    const first = await bot.ask('#data', '@connector one?');
    bot.slack.say('@dana', '#data', 'two?', { thread_ts: first.ts });
    const third = await bot.ask('#data', 'three?', { thread_ts: first.ts });
    await bot.answered(first.session, 3);
    const replies = bot.slack
      .messages('#data', { thread_ts: first.ts })
      .filter(({ user }) => user === bot.slack.bot.userId);
    expect(replies).toHaveLength(3);
    expect(third.text).toContain('Third.');
  });
});

describe('who may ask', () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot({});
  });
  afterAll(() => bot[Symbol.asyncDispose]());

  it.each([
    ['@gwen', '#general', /only answer full members/],
    ['@stefan', '#acme-northwind', /only answer members of the organisation/],
    ['@dana', '#acme-northwind', /shared with another organisation/],
  ])(
    '%s in %s gets one polite refusal, and the model hears nothing',
    async (user, channel, refusal) => {
      bot.will();
      const reply = await bot.ask(channel, '@connector how many orders?', { user });
      expect(reply.text).toMatch(refusal);
      expect(reply.messages).toHaveLength(1);
      bot.slack.say(user, channel, 'hello? anybody?', { thread_ts: reply.ts });
      await bot.slack.until(() => bot.slack.deliveries().every(({ ackedAt }) => ackedAt));
      await bot.answered(reply.session, 1);
      expect(bot.slack.messages(channel, { thread_ts: reply.ts })).toHaveLength(3);
      expect(bot.requests()).toHaveLength(0);
    },
  );
});

describe('odd messages', () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot({});
  });
  afterAll(() => bot[Symbol.asyncDispose]());

  it('greets an empty mention with three examples', async () => {
    bot.will();
    const reply = await bot.ask('#general', '@connector');
    expect(reply.text.match(/^- /gm)).toHaveLength(3);
    expect(bot.requests()).toHaveLength(0);
  });

  it.each([
    ['40,000 characters', `@connector ${'x'.repeat(39_980)}`],
    ['only emoji', '@connector 🎉🎉'],
    ['markup and broken characters', '@connector a <b> & c > d \0 \ud800 <!channel>'],
  ])('answers a message of %s', async (_, text) => {
    bot.will(says('Fine.'));
    expect((await bot.ask('#general', text)).text).toContain('Fine.');
  });

  it('answers the text of a message with files, and says that it did not read them', async () => {
    bot.will(says('Fine.'));
    const reply = await bot.ask('#general', '@connector what is this?', {
      files: [{ name: 'orders.csv', content: 'a,b' }],
    });
    expect(reply.text).toContain('Fine.');
    expect(reply.text.match(/cannot read attached files/g)).toHaveLength(1);
  });

  it('ignores edits, deletions and other bots', async () => {
    bot.will(says('Fine.'));
    const first = await bot.ask('#general', '@connector hello');
    bot.slack.edit('@dana', '#general', first.ts, '@connector hello again');
    bot.slack.say('@deploybot', '#general', '@connector deploy?');
    bot.slack.remove('@dana', '#general', first.ts);
    await bot.slack.until(() => bot.slack.deliveries().every(({ ackedAt }) => ackedAt));
    await bot.answered(first.session, 1);
    expect(bot.requests()).toHaveLength(1);
  });

  it('says so when the model refuses', async () => {
    bot.will(stops('refusal'));
    const reply = await bot.ask('#general', '@connector something');
    expect(reply.text.trim().length).toBeGreaterThan(10);
  });
});

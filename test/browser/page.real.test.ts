import type { KnownBlock } from '@slack/types';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openStage, type Stage } from './open-page.ts';

const data = { channel: 'C0DATA' };
let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => expect(stage.troubles).toEqual([]));
afterAll(() => stage[Symbol.asyncDispose]());

/** A message as the bot sends it: Markdown, and the same as plain text. */
const markdown = (text: string, ...more: KnownBlock[]) => ({
  text: text.slice(0, 100),
  blocks: [{ type: 'markdown', text }, ...more] as KnownBlock[],
});

it('asks in a channel and shows the answer growing in the thread, with its table at the end', async () => {
  const { slack, web, open, received } = stage;
  const page = await open('#me=U0DANA&channel=C0DATA');
  await page.getByRole('textbox').pressSequentially('@conn');
  await page.getByRole('option', { name: /connector/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.type('top customers by revenue');
  await page.keyboard.press('Enter');

  const question = await slack.waitFor({ channel: '#data', matches: /top customers/ });
  expect(question.text).toBe(`<@${slack.bot.userId}> top customers by revenue`);
  await expect.poll(() => received('app_mention')).toHaveLength(1);
  await web.assistant.threads.setStatus({
    channel_id: 'C0DATA',
    thread_ts: question.ts,
    status: 'is thinking…',
  });
  await page.getByText('is thinking…').waitFor();

  const place = { ...data, thread_ts: question.ts };
  const { ts = '' } = await web.chat.postMessage({ ...place, ...markdown('_Thinking…_') });
  await page.getByRole('button', { name: /^1 reply/ }).click();
  const thread = page.getByRole('complementary', { name: 'Thread' });
  const answer = thread.locator(`[data-ts="${ts}"]`);
  await answer.getByText('Thinking…').waitFor();
  const drawn = await answer.elementHandle();

  await web.chat.update({ ...data, ts, ...markdown('The three customers') });
  await answer.getByText('The three customers').waitFor();
  await web.chat.update({ ...data, ts, ...markdown('The three customers with the most') });
  await answer.getByText('The three customers with the most').waitFor();
  const table = '| Customer | Revenue |\n|:--|--:|\n| Ada Quill | 12,840.50 |\n| Bo Vale | 9.00 |';
  const text = `The three customers with the most revenue:\n\n${table}\n\nThat is **all**.`;
  await web.chat.update({ ...data, ts, ...markdown(text) });

  await answer.getByRole('table').waitFor();
  expect(await answer.getByRole('cell').allTextContents()).toEqual([
    'Ada Quill',
    '12,840.50',
    'Bo Vale',
    '9.00',
  ]);
  const cell = answer.getByRole('cell', { name: '12,840.50' });
  expect(await cell.evaluate((element) => getComputedStyle(element).textAlign)).toBe('right');
  // Edited in place: the row on the page is still the one that said "Thinking…".
  expect(await drawn?.evaluate((element) => element.isConnected)).toBe(true);
  await page.close();
});

it('keeps person, channel and thread through a reload', async () => {
  const { slack, open } = stage;
  const root = slack.say('@luis', '#data', 'A thread to come back to');
  slack.say('@mei', '#data', 'With a reply', { thread_ts: root });
  const page = await open('#me=U0LUIS&channel=C0DATA');
  await page.getByRole('listitem').filter({ hasText: 'A thread to come back to' }).hover();
  await page.getByRole('button', { name: '1 reply' }).last().click();
  await page.getByText('With a reply').waitFor();
  await page.reload();
  await page.getByText('With a reply').waitFor();
  expect(await page.getByLabel('You are').inputValue()).toBe('U0LUIS');
  await page.keyboard.press('Escape');
  await page.getByRole('complementary', { name: 'Thread' }).waitFor({ state: 'detached' });
  await page.close();
});

it('tells the app what is clicked and picked, and asks first where the app wants that', async () => {
  const { web, open, received } = stage;
  const page = await open('#me=U0MEI&channel=C0DATA');
  const plain = (text: string) => ({ type: 'plain_text' as const, text });
  await web.chat.postMessage({
    ...data,
    text: 'Choose',
    blocks: [
      {
        type: 'actions',
        elements: [
          { type: 'button', action_id: 'show', value: '7', text: plain('Show the query') },
          {
            type: 'button',
            action_id: 'stop',
            text: plain('Stop'),
            confirm: {
              title: plain('Sure?'),
              text: plain('It ends.'),
              confirm: plain('End it'),
              deny: plain('No'),
            },
          },
          {
            type: 'static_select',
            action_id: 'source',
            placeholder: plain('Source'),
            options: [
              { text: plain('MySQL'), value: 'mysql' },
              { text: plain('All'), value: 'auto' },
            ],
          },
        ],
      },
    ],
  });
  await page.getByRole('button', { name: 'Show the query' }).click();
  await expect
    .poll(() => received('block_actions').at(-1)?.actions)
    .toMatchObject([{ action_id: 'show', value: '7' }]);
  await page.getByRole('combobox', { name: 'Source' }).click();
  await page.getByRole('option', { name: 'All' }).click();
  await expect
    .poll(() => received('block_actions').at(-1)?.actions)
    .toMatchObject([{ action_id: 'source', selected_option: { value: 'auto' } }]);
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('dialog', { name: 'Sure?' }).getByRole('button', { name: 'No' }).click();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
  await expect.poll(() => received('block_actions')).toHaveLength(3);
  expect(received('block_actions').at(-1)).toMatchObject({ user: { id: 'U0MEI' } });
  await page.close();
});

it('completes a command, runs it, and shows the answer to nobody else', async () => {
  const { web, open, received } = stage;
  const [dana, luis] = await Promise.all([
    open('#me=U0DANA&channel=C0GENERAL'),
    open('#me=U0LUIS&channel=C0GENERAL'),
  ]);
  await dana.getByRole('textbox').pressSequentially('/data');
  await dana.keyboard.press('Tab');
  await dana.keyboard.type('test');
  await dana.keyboard.press('Enter');
  await expect.poll(() => received('/datasource')).toMatchObject([{ text: 'test' }]);

  const channel = 'C0GENERAL';
  await web.chat.postEphemeral({ channel, user: 'U0DANA', text: 'MySQL answers in 4 ms' });
  await web.chat.postMessage({ channel, text: 'For everybody' });
  await dana.getByText('Only visible to you').waitFor();
  await dana.getByText('MySQL answers in 4 ms').waitFor();
  await luis.getByText('For everybody').waitFor();
  expect(await luis.getByText('MySQL answers in 4 ms').count()).toBe(0);
  await Promise.all([dana.close(), luis.close()]);
});

it('marks what is new elsewhere, and counts what is meant for the person', async () => {
  const { slack, web, open } = stage;
  const page = await open('#me=U0DANA&channel=C0GENERAL');
  slack.say('@luis', '#random', 'Lunch?');
  await page.getByRole('button', { name: 'random, unread' }).waitFor();
  await web.chat.postMessage({ channel: 'D0DANA', text: 'Good morning' });
  await page.getByRole('button', { name: 'connector, 1 new for you' }).click();
  await page.getByText('Good morning').waitFor();
  await page.getByRole('button', { name: 'connector', exact: true }).waitFor();
  await page.close();
});

it('stays at the end while an answer grows, but not for somebody who reads further up', async () => {
  const { slack, web, open } = stage;
  for (let n = 1; n <= 30; n++) slack.say('@dana', '@dana', `Line ${n}`);
  const page = await open('#me=U0DANA&channel=D0DANA', { viewport: { width: 900, height: 500 } });
  const channel = 'D0DANA';
  const { ts = '' } = await web.chat.postMessage({ channel, ...markdown('Growing') });
  const list = page.getByRole('log');
  const fromEnd = () => list.evaluate((e) => e.scrollHeight - e.clientHeight - e.scrollTop);
  const grow = async (lines: number) => {
    const text = Array.from({ length: lines }, (_, n) => `Row ${n} of ${lines}`).join('\n\n');
    await web.chat.update({ channel, ts, ...markdown(text) });
    await page.getByText(`Row ${lines - 1} of ${lines}`).waitFor();
  };
  // Edits in quick succession: the page's own scrolling must not pass for the person's.
  for (let lines = 2; lines <= 40; lines += 2) await grow(lines);
  await expect.poll(fromEnd).toBeLessThan(2);

  await list.evaluate((e) => e.scrollBy({ top: -600, behavior: 'instant' }));
  await page.getByRole('button', { name: 'Jump to newest' }).waitFor();
  const before = await list.evaluate((e) => e.scrollTop);
  await grow(50);
  expect(await list.evaluate((e) => e.scrollTop)).toBe(before);
  await page.getByRole('button', { name: 'Jump to newest' }).click();
  await expect.poll(fromEnd).toBeLessThan(2);

  await list.evaluate((e) => e.scrollBy({ top: -600, behavior: 'instant' }));
  await page.getByRole('button', { name: 'Jump to newest' }).waitFor();
  await page.getByPlaceholder('Message connector').fill('I want to see this');
  await page.keyboard.press('Enter');
  await page.getByText('I want to see this').waitFor();
  await expect.poll(fromEnd).toBeLessThan(2);
  await page.close();
});

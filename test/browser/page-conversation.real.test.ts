import type { KnownBlock } from '@slack/types';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Message, State } from '../../playground/slack/control-types.ts';
import { openStage, type Stage } from './open-page.ts';

const manifest = {
  display_information: { name: 'Helper' },
  features: {
    bot_user: { display_name: 'connector' },
    agent_view: {},
    shortcuts: [
      { name: 'Ask about this', type: 'message', callback_id: 'ask', description: 'As a question' },
      { name: 'New question', type: 'global', callback_id: 'new', description: 'Anywhere' },
    ],
  },
  oauth_config: {
    scopes: {
      bot: [
        'chat:write',
        'chat:write.customize',
        'files:write',
        'commands',
        'channels:history',
        'assistant:write',
      ],
    },
  },
  settings: {
    event_subscriptions: { bot_events: ['message.channels', 'agent_session_stopped'] },
    interactivity: { is_enabled: true },
  },
};

/** 2 by 2 pixels, red. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP8z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==',
  'base64',
);

let stage: Stage;
/** Dana's window on #data, which most tests share. */
let page: Page;

beforeAll(async () => {
  stage = await openStage({ manifest });
  page = await stage.open('#me=U0DANA&channel=C0DATA');
});
afterEach(() => expect(stage.troubles).toEqual([]));
afterAll(() => stage[Symbol.asyncDispose]());

const row = (page: Page, ts: string) => page.getByRole('log').locator(`[data-ts="${ts}"]`);
const button = (within: Page | Locator, name: string | RegExp) =>
  within.getByRole('button', { name, exact: typeof name === 'string' });

async function openMenu(ts: string): Promise<void> {
  await row(page, ts).hover();
  await button(row(page, ts), 'More actions').click();
}

describe('a message’s menu', () => {
  it('is reached, walked and left by keyboard alone', async () => {
    stage.slack.say('@luis', '#data', 'First of two');
    const ts = stage.slack.say('@luis', '#data', 'Second of two');
    await row(page, ts).waitFor();
    await page.getByRole('log').focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowDown');
    expect(await row(page, ts).evaluate((element) => element === document.activeElement)).toBe(
      true,
    );
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Copy link' }).waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Copy text');
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    expect(focused).toBe('More actions');
  });

  it('offers the apps’ message shortcuts, and tells the app which message it is', async () => {
    const ts = stage.slack.say('@luis', '#data', 'What was the revenue?');
    await openMenu(ts);
    expect(await page.getByRole('menuitem', { name: 'New question' }).count()).toBe(0);
    await page.getByRole('menuitem', { name: 'Ask about this' }).click();
    await expect
      .poll(() => stage.received('message_action'))
      .toMatchObject([{ callback_id: 'ask', user: { id: 'U0DANA' }, message: { ts } }]);
  });

  it('copies a link that leads back to the message', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const ts = stage.slack.say('@luis', '#data', 'Remember this');
    await openMenu(ts);
    await page.getByRole('menuitem', { name: 'Copy link' }).click();
    await page.getByRole('status').getByText('Link copied').waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(`${stage.slack.url}/#me=U0DANA&channel=C0DATA&thread=${ts}`);
  });

  it('lets only the author edit and delete', async () => {
    const ts = stage.slack.say('@luis', '#data', 'Not hers');
    await openMenu(ts);
    await page.getByRole('menuitem', { name: 'Copy text' }).waitFor();
    expect(await page.getByRole('menuitem', { name: /Edit|Delete/ }).count()).toBe(0);
    await page.keyboard.press('Escape');
  });
});

describe('one’s own message', () => {
  it('is edited in its place: ↑ in the empty composer, Escape, Enter', async () => {
    const ts = stage.slack.say('@dana', '#data', 'Ask @luis abuot #data');
    await row(page, ts).waitFor();
    const composer = page.getByPlaceholder('Message #data');
    await composer.press('ArrowUp');
    const editor = page.getByRole('textbox', { name: 'Edit message' });
    expect(await editor.inputValue()).toBe('Ask @luis abuot #data');
    await editor.press('Escape');
    await editor.waitFor({ state: 'detached' });
    expect(await composer.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.mouse.move(0, 0);
    await row(page, ts).getByRole('toolbar').waitFor({ state: 'detached' });

    await composer.press('ArrowUp');
    await editor.fill('Ask @luis about #data');
    await editor.press('Enter');
    await row(page, ts).getByText('(edited)').waitFor();
    await editor.waitFor({ state: 'detached' });
    const edited = await stage.slack.waitFor({ channel: '#data', matches: /about/ });
    expect(edited).toMatchObject({ ts, text: 'Ask <@U0LUIS> about <#C0DATA|data>' });
  });

  it('is deleted after a question; a thread’s root leaves a trace', async () => {
    const alone = stage.slack.say('@dana', '#data', 'All alone');
    const root = stage.slack.say('@dana', '#data', 'Has a reply');
    stage.slack.say('@luis', '#data', 'The reply', { thread_ts: root });
    const dialog = page.getByRole('dialog', { name: 'Delete message' });
    for (const ts of [alone, root]) {
      await openMenu(ts);
      await page.getByRole('menuitem', { name: 'Delete message' }).click();
      await button(dialog, 'Cancel').click();
      await openMenu(ts);
      await page.getByRole('menuitem', { name: 'Delete message' }).click();
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'detached' });
    }
    await row(page, alone).waitFor({ state: 'detached' });
    await row(page, root).getByText('This message was deleted.').waitFor();
    await button(row(page, root), /^1 reply/).waitFor();
  });
});

it('adds reactions quickly or by name, shows whose they are, and takes them back', async () => {
  const ts = stage.slack.say('@luis', '#data', 'Rate this');
  stage.slack.react('@luis', '#data', ts, 'eyes');
  await row(page, ts).hover();
  await button(row(page, ts), 'React with eyes').click();
  const eyes = button(row(page, ts), 'eyes, 2 reactions');
  await eyes.waitFor();
  expect(await eyes.getAttribute('title')).toBe('You and Luis Ortega reacted with :eyes:');
  expect(await eyes.getAttribute('aria-pressed')).toBe('true');

  await button(row(page, ts), 'Find another reaction').click();
  await page.getByRole('searchbox', { name: 'Search emoji' }).fill('rock');
  await button(page.getByRole('dialog', { name: 'Pick an emoji' }), 'rocket').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => stage.slack.messages('#data').find((one) => one.ts === ts)?.reactions)
    .toHaveLength(2);
  await eyes.click();
  await button(row(page, ts), 'eyes, 1 reaction').waitFor();
});

it('tells apart who writes: apps, guests, people from outside, Slack itself', async () => {
  const { slack, web, open } = stage;
  const channel = 'C0PARTNERS';
  const window = await open(`#me=U0DANA&channel=${channel}`);
  slack.join('@gwen', channel);
  await window.getByRole('listitem').filter({ hasText: 'Gwen Park' }).getByText('joined').waitFor();
  const root = slack.say('@stefan', channel, 'From outside');
  const guest = slack.say('@gwen', channel, 'As a guest');
  const styled = { channel, username: 'Weekly', icon_emoji: ':robot_face:', text: 'News' };
  const { ts: named = '' } = await web.chat.postMessage(styled);
  const broadcast = { channel, thread_ts: root, reply_broadcast: true, text: 'For all' };
  const { ts: sent = '' } = await web.chat.postMessage(broadcast);
  await row(window, root).getByText('EXTERNAL', { exact: true }).waitFor();
  await row(window, guest).getByText('GUEST', { exact: true }).waitFor();
  for (const word of ['APP', 'Weekly', '🤖'])
    await row(window, named).getByText(word, { exact: true }).waitFor();
  const reply = row(window, sent);
  await reply.getByText('replied to a thread:').waitFor();
  await button(reply, 'From outside').click();
  const thread = window.getByRole('complementary', { name: 'Thread' });
  await thread.getByText('Also sent to the channel').waitFor();
  await window.close();
});

it('shows pictures, looks into tables, and offers the rest', async () => {
  const ts = stage.slack.say('@luis', '#data', 'Three files', {
    files: [
      { name: 'chart.png', content: png.toString('base64'), encoding: 'base64' },
      { name: 'sales.csv', content: 'Customer,Revenue\n"Quill, Ada",12.5\n' },
      { name: 'all.zip', content: 'PK' },
    ],
  });
  const message = row(page, ts);
  const picture = message.getByRole('img', { name: 'chart.png' });
  await expect
    .poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth))
    .toBe(2);
  await button(message, 'Open chart.png').click();
  const lightbox = page.getByRole('dialog', { name: 'chart.png' });
  await lightbox.getByRole('link', { name: 'Download' }).waitFor();
  await page.keyboard.press('Escape');
  await lightbox.waitFor({ state: 'detached' });

  await message.getByRole('cell', { name: 'Quill, Ada' }).waitFor();
  const archive = message.getByRole('link', { name: 'Download all.zip' });
  const [download] = await Promise.all([page.waitForEvent('download'), archive.click()]);
  expect(download.suggestedFilename()).toBe('all.zip');
});

it('shows what an app is doing, and tells it to stop', async () => {
  const { slack, web, received } = stage;
  const ts = slack.say('@dana', '#data', 'Something long');
  await web.assistant.threads.setStatus({
    channel_id: 'C0DATA',
    thread_ts: ts,
    status: 'is thinking…',
    loading_messages: ['Counting rows'],
  });
  await row(page, ts).getByText('Counting rows').waitFor();
  await button(row(page, ts), 'Stop').click();
  await expect
    .poll(() => received('agent_session_stopped'))
    .toMatchObject([{ event: { channel: 'C0DATA', thread_ts: ts } }]);
});

it('draws a line above what came while the person was elsewhere', async () => {
  const { slack, open } = stage;
  const page = await open('#me=U0MEI&channel=C0RANDOM');
  await page.getByRole('navigation').getByRole('button', { name: 'data' }).click();
  await page.getByPlaceholder('Message #data').waitFor();
  const ts = slack.say('@luis', '#random', 'You were elsewhere');
  slack.say('@luis', '#random', 'And still');
  await page.getByRole('button', { name: 'random, unread' }).click();
  const line = page.getByRole('log').getByText('New', { exact: true });
  await line.waitFor();
  const below = await line.evaluate((one) =>
    one.closest('li')?.nextElementSibling?.getAttribute('data-ts'),
  );
  expect(below).toBe(ts);
  await page.close();
});

it('keeps focus, selection and place through a hundred edits of the message below', async () => {
  const { slack, web } = stage;
  const channel = 'C0DATA';
  const ts = slack.say('@luis', '#data', 'Select these words');
  slack.react('@luis', '#data', ts, 'eyes');
  const blocks = (text: string) => [{ type: 'markdown', text }] as KnownBlock[];
  const { ts: answer = '' } = await web.chat.postMessage({
    channel,
    text: 'Words',
    blocks: blocks('Word 0'),
  });
  await row(page, answer).waitFor();
  await button(row(page, ts), 'eyes, 1 reaction').focus();
  await row(page, ts).evaluate((element) => {
    getSelection()?.selectAllChildren(element.querySelector('.message-content') ?? element);
  });
  const drawn = await row(page, answer).elementHandle();
  for (let edit = 1; edit <= 100; edit++)
    await web.chat.update({ channel, ts: answer, text: 'Words', blocks: blocks(`Word ${edit}`) });
  await row(page, answer).getByText('Word 100').waitFor();
  const after = await page.evaluate(() => ({
    selected: getSelection()?.toString().trim(),
    focused: document.activeElement?.getAttribute('aria-label'),
  }));
  expect(after).toEqual({ selected: 'Select these words', focused: 'eyes, 1 reaction' });
  expect(await drawn?.evaluate((element) => element.isConnected)).toBe(true);
});

it('draws the newest of five thousand messages, and more where one reads up, without a jump', async () => {
  const channel = 'C0GENERAL';
  const page = await stage.open('#me=U0LUIS&channel=C0DATA');
  await page.route('**/control/state?user=U0LUIS', async (route) => {
    const state = (await (await route.fetch()).json()) as State;
    state.messages[channel] = Array.from(
      { length: 5_000 },
      (_, n): Message => ({
        type: 'message',
        channel,
        ts: `1700000000.${String(n).padStart(6, '0')}`,
        team: 'T1',
        user: 'U0MEI',
        text: `Message ${n}`,
      }),
    );
    await route.fulfill({ json: state });
  });
  await page.goto(`${stage.slack.url}/#me=U0LUIS&channel=${channel}`);
  await page.reload();
  const list = page.getByRole('log');
  await list.getByText('Message 4999').waitFor();
  expect(await list.locator('.message').count()).toBe(200);

  const first = row(page, '1700000000.004800');
  const top = () => first.evaluate((one) => Math.round(one.getBoundingClientRect().top));
  await first.evaluate((one) => one.scrollIntoView({ block: 'center', behavior: 'instant' }));
  const before = await top();
  await row(page, '1700000000.004600').waitFor({ state: 'attached' });
  expect(Math.abs((await top()) - before)).toBeLessThan(3);

  await button(page, /Jump to newest/).click();
  await expect.poll(() => list.locator('.message').count()).toBeLessThanOrEqual(400);
  await list.getByText('Message 4999').waitFor();
  await page.close();
});

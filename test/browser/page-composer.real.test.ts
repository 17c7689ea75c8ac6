import { WebClient } from '@slack/web-api';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from './open-page.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => expect(stage.troubles).toEqual([]));
afterAll(() => stage[Symbol.asyncDispose]());

const composer = (page: Page) => page.getByRole('main').getByRole('textbox');
const chips = (page: Page) =>
  page.getByRole('list', { name: 'Files to send' }).getByRole('listitem');
const csv = { name: 'sales.csv', mimeType: 'text/csv', buffer: Buffer.from('day,sum\n1,2\n') };

/** A drag or paste as the browser would give it to the page. */
const giveFile = (page: Page, event: 'drop' | 'paste', name: string) =>
  composer(page).evaluate(
    (field, { event, name }) => {
      const data = new DataTransfer();
      data.items.add(new File(['picture'], name, { type: 'image/png' }));
      const init = { bubbles: true, cancelable: true };
      field.dispatchEvent(
        event === 'drop'
          ? new DragEvent('drop', { ...init, dataTransfer: data })
          : new ClipboardEvent('paste', { ...init, clipboardData: data }),
      );
    },
    { event, name },
  );

describe('files', () => {
  it('chosen, dropped and pasted ones go with the message, removed ones do not', async () => {
    const { slack, open } = stage;
    const page = await open('#me=U0DANA&channel=C0DATA');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Attach files and use shortcuts' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Upload from your computer' }).press('Enter');
    await (await chooser).setFiles(csv);
    await giveFile(page, 'drop', 'dropped.png');
    await giveFile(page, 'paste', 'pasted.png');
    await expect
      .poll(() => chips(page).allInnerTexts())
      .toEqual([
        expect.stringMatching(/sales\.csv\s+12 bytes/),
        expect.stringMatching(/dropped\.png\s+7 bytes/),
        expect.stringMatching(/pasted\.png\s+7 bytes/),
      ]);
    await page.getByRole('button', { name: 'Remove dropped.png' }).click();

    // What was uploaded and what was typed are still there.
    await composer(page).fill('The numbers');
    await page.reload();
    await expect.poll(() => chips(page).count()).toBe(2);
    await composer(page).press('Enter');
    const sent = await slack.waitFor({ channel: '#data', matches: /The numbers/ });
    expect(sent.files?.map(({ name, size }) => [name, size])).toEqual([
      ['sales.csv', 12],
      ['pasted.png', 7],
    ]);
    await expect.poll(() => chips(page).count()).toBe(0);
    await page.close();
  });

  it('goes alone, without text', async () => {
    const { slack, open } = stage;
    const page = await open('#me=U0MEI&channel=C0DATA');
    await giveFile(page, 'paste', 'alone.png');
    await chips(page).getByText('7 bytes').waitFor();
    await page.getByRole('button', { name: 'Send' }).click();
    await expect
      .poll(() =>
        slack
          .messages('#data')
          .at(-1)
          ?.files?.map(({ name }) => name),
      )
      .toEqual(['alone.png']);
    await page.close();
  });

  it('that is refused says why, and does not hold up the message', async () => {
    const { slack, open } = stage;
    const page = await open('#me=U0MEI&channel=C0DATA');
    await page.route('**/control/upload*', (route) =>
      route.fulfill({
        status: 400,
        json: { ok: false, error: 'file_too_large', message: 'This file is too large.' },
      }),
    );
    await giveFile(page, 'drop', 'huge.png');
    await page.getByRole('alert').getByText('This file is too large.').waitFor();
    await composer(page).fill('Without it');
    await composer(page).press('Enter');
    const sent = await slack.waitFor({ channel: '#data', matches: /Without it/ });
    expect(sent.files).toBeUndefined();
    await page.close();
  });
});

describe('what is typed', () => {
  it('is kept for each conversation, and when it could not be sent', async () => {
    const page = await stage.open('#me=U0DANA&channel=C0DATA');
    await composer(page).fill('Half a thought');
    await page.getByRole('button', { name: /^random/ }).click();
    await page.getByPlaceholder('Message #random').waitFor();
    expect(await composer(page).inputValue()).toBe('');
    await page.getByRole('button', { name: /^data$|^data,/ }).click();
    expect(await page.getByPlaceholder('Message #data').inputValue()).toBe('Half a thought');
    await page.route('**/control/say', (route) => route.abort());
    await composer(page).press('Enter');
    await page.getByRole('alert').getByText('The playground is not answering.').waitFor();
    expect(await composer(page).inputValue()).toBe('Half a thought');
    await page.close();
  });

  it('is completed: people, channels, emoji, and the keys go on from there', async () => {
    const { slack, open } = stage;
    const page = await open('#me=U0DANA&channel=C0RANDOM');
    await composer(page).pressSequentially('hi @mei');
    await page.keyboard.press('Enter');
    await composer(page).pressSequentially('see #dat');
    await page.keyboard.press('Tab');
    await composer(page).pressSequentially(':tada');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const { text } = await slack.waitFor({ channel: '#random', matches: /see/ });
    expect(text).toBe('hi <@U0MEI> see <#C0DATA|data> :tada:');
    await page.close();
  });

  it.each([
    ['in a thread', '/datasource', '/datasource is not supported in threads. Sorry!'],
    ['unknown', '/nothing', '/nothing is not a valid command.'],
  ])('as a command %s is refused in words and kept', async (_case, typed, sentence) => {
    const { slack, open } = stage;
    const thread_ts = slack.say('@dana', '#data', 'A root');
    const page = await open(`#me=U0DANA&channel=C0DATA&thread=${thread_ts}`);
    const field = page.getByRole('complementary', { name: 'Thread' }).getByRole('textbox');
    await field.fill(typed);
    await field.press('Enter');
    await page.getByRole('alert').getByText(sentence).waitFor();
    expect(await field.inputValue()).toBe(typed);
    await page.close();
  });
});

describe('apps', () => {
  const helper = {
    display_information: { name: 'Helper' },
    features: {
      bot_user: { display_name: 'helper' },
      agent_view: { agent_description: 'Helps' },
      shortcuts: [
        { name: 'New ticket', type: 'global', callback_id: 'ticket', description: 'Write one' },
      ],
    },
    oauth_config: { scopes: { bot: ['assistant:write', 'chat:write', 'commands', 'im:history'] } },
  };

  it('offer global shortcuts and suggest what to ask', async () => {
    const { slack, open } = stage;
    const { env } = slack.install(helper);
    const web = new WebClient(env.SLACK_BOT_TOKEN, { slackApiUrl: env.SLACK_API_URL });
    const page = await open('#me=U0DANA&channel=C0DATA');
    await page.getByRole('button', { name: 'helper', exact: true }).click();
    await page.getByPlaceholder('Message helper').waitFor();
    const channel = new URLSearchParams(new URL(page.url()).hash.slice(1)).get('channel') ?? '';
    const root = slack.say('@dana', channel, 'Hello');
    await page.getByRole('button', { name: 'Attach files and use shortcuts' }).click();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => slack.deliveries().filter(({ kind }) => kind === 'interactive'))
      .toMatchObject([{ body: { callback_id: 'ticket', user: { id: 'U0DANA' } } }]);

    await page.goto(`${slack.url}/#me=U0DANA&channel=${channel}&thread=${root}`);
    await web.assistant.threads.setSuggestedPrompts({
      channel_id: channel,
      thread_ts: root,
      title: 'Ask me',
      prompts: [{ title: 'Latest users', message: 'Show me the latest users' }],
    });
    await page.getByRole('button', { name: 'Latest users' }).click();
    const asked = await slack.waitFor({ channel, matches: /Show me the latest users/ });
    expect(asked).toMatchObject({ user: 'U0DANA', thread_ts: root });
    await page.close();
  });
});

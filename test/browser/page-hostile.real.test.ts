import type { KnownBlock } from '@slack/types';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Message, State } from '../../playground/slack/control-types.ts';
import { openStage, type Stage } from './open-page.ts';

const channel = 'C0DATA';
let stage: Stage;
let page: Page;

beforeAll(async () => {
  stage = await openStage();
  page = await stage.open('#me=U0DANA&channel=C0DATA');
});
afterEach(() => expect(stage.troubles).toEqual([]));
afterAll(() => stage[Symbol.asyncDispose]());

const hostile = [
  '<img src=x onerror=alert(1)><script>alert(2)</script>',
  '<svg onload=alert(3)> <iframe src="https://elsewhere.test/"></iframe>',
  '[click](javascript:alert(4)) <javascript:alert(5)|click>',
  '![pixel](https://elsewhere.test/pixel.png)',
  '[a]: https://elsewhere.test\n<a href="javascript:alert(6)">x</a>',
];

describe('what people and the app write is text, never code', () => {
  it.each(hostile)('in a message by a person: %s', async (text) => {
    stage.slack.say('@luis', '#data', text);
    await expectHarmless();
  });

  it.each(hostile)('in a Markdown block: %s', async (text) => {
    const blocks = [{ type: 'markdown', text }] as KnownBlock[];
    await stage.web.chat.postMessage({ channel, text, blocks });
    await expectHarmless();
  });

  /** A later message is there, so this one was drawn; then every element is one that the page itself makes. */
  async function expectHarmless(): Promise<void> {
    const ts = stage.slack.say('@mei', '#data', 'After that');
    const log = page.getByRole('log');
    await log.locator(`[data-ts="${ts}"]`).waitFor();
    expect(await log.locator('img, iframe, script, [onerror], [onload]').count()).toBe(0);
    const links = await log
      .locator('a')
      .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).protocol));
    expect(links.filter((protocol) => !/^https?:$/.test(protocol))).toEqual([]);
  }
});

describe('what the page can not draw does not take the page with it', () => {
  const broken: [string, unknown][] = [
    ['an unknown type', { type: 'hologram' }],
    ['no type', {}],
    ['nothing in it', { type: 'section' }],
    ['a wrong kind of text', { type: 'section', text: 7 }],
    ['a list that is none', { type: 'rich_text', elements: 5 }],
    ['elements that are none', { type: 'actions', elements: [null, 7, 'x', { type: 'hologram' }] }],
    ['options that are none', { type: 'actions', elements: [{ type: 'static_select' }] }],
    ['rows that are none', { type: 'table', rows: [null, [null]] }],
    ['a Markdown block without text', { type: 'markdown' }],
    ['quotes a thousandfold', { type: 'markdown', text: '> '.repeat(3_000) }],
    ['40,000 characters', { type: 'markdown', text: 'word '.repeat(8_000) }],
    ['a context without elements', { type: 'context' }],
    ['an image from elsewhere', { type: 'image', image_url: 'https://elsewhere.test/a.png' }],
  ];

  it('shows everything around it', async () => {
    const message = (n: number, text: string, blocks?: unknown[]) => ({
      type: 'message',
      channel,
      ts: `17953900${String(n).padStart(2, '0')}.000100`,
      team: 'T1',
      user: 'U0CONNECTOR',
      bot_id: 'B0CONNECTOR',
      text,
      ...(blocks && { blocks }),
    });
    const messages = broken.map(([what, block], n) =>
      message(n, what, [
        block,
        { type: 'section', text: { type: 'plain_text', text: `After ${what}.` } },
      ]),
    );
    const window = await stage.open('#me=U0LUIS&channel=C0DATA');
    await window.route('**/control/state?user=U0LUIS', async (route) => {
      const state = (await (await route.fetch()).json()) as State;
      state.messages[channel] = messages as unknown as Message[];
      await route.fulfill({ json: state });
    });
    await window.reload();
    for (const [what] of broken) await window.getByText(`After ${what}.`).waitFor();
    await window.close();
  });
});

describe('an address that leads nowhere', () => {
  it.each([
    '#me=U0NOBODY&channel=C0NOWHERE&thread=1.000001',
    '#channel=C0DATA&thread=1.000001',
    '#%E0%A4%A&me=<script>',
  ])('%s still shows the workspace', async (hash) => {
    await page.goto(`${stage.slack.url}/${hash}`);
    await page.reload();
    await page.getByRole('textbox').first().waitFor();
    expect(await page.getByLabel('You are').inputValue()).toBe('U0DANA');
  });
});

describe('a playground that went away', () => {
  it('is said, and what was said meanwhile is there once it is back', async () => {
    const window = await stage.open('#me=U0DANA&channel=C0GENERAL');
    await window.route('**/control/stream*', (route) => route.abort());
    await window.reload();
    await window.getByText('Trying again').waitFor();
    stage.slack.say('@luis', '#general', 'You missed this');
    await window.unroute('**/control/stream*');
    await window.getByText('You missed this').waitFor();
    await window.close();
  });
});

import type { KnownBlock } from '@slack/types';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from './open-page.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => expect(stage.troubles).toEqual([]));
afterAll(() => stage[Symbol.asyncDispose]());

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
const inSidebar = (page: Page, name: string | RegExp) =>
  page.getByRole('navigation', { name: 'Workspace' }).getByRole('button', { name });
const linesOf = (page: Page) =>
  page
    .getByRole('dialog')
    .getByRole('listitem')
    .evaluateAll((all) => all.map((line) => line.querySelector('b')?.textContent));

describe('direct messages', () => {
  it('begins one with several people, who see that it is for them', async () => {
    const [dana, luis] = await Promise.all([
      stage.open('#me=U0DANA&channel=C0GENERAL'),
      stage.open('#me=U0LUIS&channel=C0GENERAL'),
    ]);
    await button(dana, 'New message').click();
    const dialog = dana.getByRole('dialog', { name: 'New message' });
    for (const name of ['Luis Ortega', 'Mei Tanaka']) await dialog.getByLabel(name).check();
    await dialog.getByRole('button', { name: 'Open' }).click();
    await dana.getByPlaceholder('Message Luis Ortega, Mei Tanaka').fill('Coffee?');
    await dana.keyboard.press('Enter');
    await inSidebar(luis, 'Dana Whitfield, Mei Tanaka, 1 new for you').click();
    await luis.getByRole('log').getByText('Coffee?').waitFor();
    await Promise.all([dana.close(), luis.close()]);
  });

  it('opens the one there is instead of a second', async () => {
    const page = await stage.open('#me=U0MEI&channel=C0GENERAL');
    for (let time = 0; time < 2; time++) {
      await button(page, 'New message').click();
      await page.getByRole('dialog').getByLabel('Luis Ortega').check();
      await page.getByRole('dialog').getByRole('button', { name: 'Open' }).click();
      await page.getByPlaceholder('Message Luis Ortega').waitFor();
      await inSidebar(page, /^random/).click();
    }
    expect(
      await inSidebar(page, 'Luis Ortega')
        .and(page.getByLabel('Luis Ortega', { exact: true }))
        .count(),
    ).toBe(1);
    await page.close();
  });
});

describe('channels', () => {
  it('adds one, says why it can not, and finds an archived one again', async () => {
    const page = await stage.open('#me=U0DANA&channel=C0GENERAL');
    await button(page, 'Add channel').click();
    await page.getByLabel('Name').fill('General');
    await button(page, 'Create').click();
    await page.getByRole('dialog').getByRole('alert').waitFor();
    await page.getByLabel('Name').fill('Plan Launch');
    await page.getByLabel('Private').check();
    await button(page, 'Create').click();
    await page.getByPlaceholder('Message #plan-launch').waitFor();

    await button(page, 'plan-launch: details').click();
    await page.getByRole('dialog').getByText('PRIVATE').waitFor();
    await button(page, 'Archive').click();
    await button(page, 'Unarchive').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('This channel has been archived').waitFor();
    await inSidebar(page, /^random/).click();
    await inSidebar(page, /^plan-launch/).waitFor({ state: 'detached' });

    await button(page, 'Add channel').click();
    await button(page, '#plan-launch').click();
    await button(page, 'plan-launch: details').click();
    await button(page, 'Unarchive').click();
    await page.keyboard.press('Escape');
    await page.getByPlaceholder('Message #plan-launch').waitFor();
    await page.close();
  });

  it('lets people and apps in and out, and keeps what was said for those who come back', async () => {
    const { slack } = stage;
    slack.say('@luis', '#finance', 'Before you came');
    const [luis, mei] = await Promise.all([
      stage.open('#me=U0LUIS&channel=G0FINANCE'),
      stage.open('#me=U0MEI&channel=C0GENERAL'),
    ]);
    expect(await inSidebar(mei, /^finance/).count()).toBe(0);
    await button(luis, 'finance: details').click();
    const dialog = luis.getByRole('dialog', { name: 'finance' });
    await dialog.getByLabel('Add a person or app').selectOption('Mei Tanaka');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await expect.poll(() => linesOf(luis)).toContain('Mei Tanaka');
    await inSidebar(mei, /^finance/).click();
    await mei.getByText('Before you came').waitFor();

    await dialog.getByRole('button', { name: 'Remove mei' }).click();
    await expect.poll(() => linesOf(luis)).not.toContain('Mei Tanaka');
    await inSidebar(mei, /^finance/).waitFor({ state: 'detached' });
    await mei.getByText('Before you came').waitFor({ state: 'detached' });

    await dialog.getByRole('button', { name: 'Remove connector' }).click();
    await expect.poll(() => linesOf(luis)).not.toContain('connector');
    await dialog.getByLabel('Add a person or app').selectOption('connector (app)');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await expect.poll(() => linesOf(luis)).toContain('connector');
    await Promise.all([luis.close(), mei.close()]);
  });

  it('makes one private and public, shares it and stops', async () => {
    const page = await stage.open('#me=U0DANA&channel=C0DATA');
    await button(page, 'data: details').click();
    const badges = () => page.getByRole('dialog').locator('.sheet-badges').innerText();
    for (const [action, expected] of [
      ['Share with the partner organisation', /PUBLIC\s*SHARED/],
      ['Stop sharing', /^PUBLIC$/],
      ['Make private', /^PRIVATE$/],
      ['Make public', /^PUBLIC$/],
    ] as const) {
      await button(page, action).click();
      await expect.poll(badges).toMatch(expected);
    }
    await page.close();
  });
});

describe('the workspace', () => {
  it('names an app that is not connected, takes it away and brings it back', async () => {
    const { slack, open } = stage;
    const page = await open('#me=U0DANA&channel=C0GENERAL');
    const { id } = slack.install({
      display_information: { name: 'Helper' },
      features: { bot_user: { display_name: 'helper' } },
      oauth_config: { scopes: { bot: ['chat:write', 'im:history'] } },
      settings: { event_subscriptions: { bot_events: ['app_uninstalled', 'message.im'] } },
    });
    const banner = page.getByText(
      'helper is not connected. What it misses is tried again for five minutes.',
    );
    await banner.waitFor();
    await inSidebar(page, 'helper').click();
    await page.getByPlaceholder('Message helper').waitFor();
    await button(page, 'Acme Goods: people and apps').click();
    await page.getByRole('dialog').getByText(`${id} · not connected`).waitFor();
    await button(page, 'Uninstall: helper').click();
    await button(page, 'Install: helper').waitFor();
    await banner.waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.getByText('helper has been removed from this workspace').waitFor();
    expect(slack.deliveries().map(({ type }) => type)).toContain('app_uninstalled');
    await button(page, 'Acme Goods: people and apps').click();
    await button(page, 'Install: helper').click();
    await banner.waitFor();
    await page.keyboard.press('Escape');
    await page.getByPlaceholder('Message helper').waitFor();
    await page.close();
  });

  it('makes somebody a guest, deactivates them and brings them back', async () => {
    const page = await stage.open('#me=U0DANA&channel=C0GENERAL');
    await button(page, 'Acme Goods: people and apps').click();
    const walt = page.getByRole('dialog').getByRole('listitem').filter({ hasText: 'Walt Finch' });
    for (const [name, badge] of [
      ['Bring back: Walt Finch', ''],
      ['Make guest: Walt Finch', 'GUEST'],
      ['Make full member: Walt Finch', ''],
      ['Deactivate: Walt Finch', 'DEACTIVATED'],
    ] as const) {
      await button(page, name).click();
      await expect
        .poll(() => walt.locator('.badge').allTextContents())
        .toEqual(badge ? [badge] : []);
    }
    await page.close();
  });
});

describe('an app', () => {
  it('shows its Home, is told when somebody opens it, and Home survives a reload', async () => {
    const { web, open, received } = stage;
    const page = await open('#me=U0LUIS&channel=D0LUIS');
    const opened = () =>
      received('app_home_opened').map(({ event }) => (event as { tab?: string }).tab);
    await expect.poll(opened).toContain('messages');
    await page.getByRole('tab', { name: 'Messages' }).press('ArrowLeft');
    await expect.poll(opened).toContain('home');
    const blocks: KnownBlock[] = [{ type: 'section', text: { type: 'mrkdwn', text: 'All well' } }];
    await web.views.publish({ user_id: 'U0LUIS', view: { type: 'home', blocks } });
    await page.getByText('All well').waitFor();
    await page.reload();
    await page.getByText('All well').waitFor();
    await page.getByRole('tab', { name: 'About' }).click();
    await page.getByText('/datasource').waitFor();
    await page.close();
  });
});

describe('around the page', () => {
  it('opens the inspector by key, keeps it through a reload and a change of channel, and closes it', async () => {
    const page = await stage.open('#me=U0DANA&channel=C0GENERAL');
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await page.keyboard.press('Alt+i');
    await inspector.waitFor();
    await inSidebar(page, /^random/).click();
    await page.getByPlaceholder('Message #random').waitFor();
    await page.reload();
    await inspector.waitFor();
    await page.keyboard.press('Alt+i');
    await inspector.waitFor({ state: 'detached' });
    await page.close();
  });

  it('is used by keyboard: over the sidebar, into dialogs and back', async () => {
    const page = await stage.open('#me=U0DANA&channel=C0GENERAL');
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await page.keyboard.press('Alt+ArrowDown');
    await page.getByPlaceholder('Message #data').waitFor();
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.locator('body').press('Tab');
    await page.getByRole('button', { name: 'Skip to the conversation' }).press('Enter');
    expect(await focused()).toBe('Message #data');
    await button(page, 'data: details').press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused()).toBe('data: details');

    const root = stage.slack.say('@luis', '#data', 'A thread');
    stage.slack.say('@luis', '#data', 'A reply', { thread_ts: root });
    await button(page, /open the thread/).press('Enter');
    await expect.poll(focused).toBe('Reply…');
    await page.keyboard.press('Escape');
    await page.getByRole('complementary', { name: 'Thread' }).waitFor({ state: 'detached' });
    expect(await focused()).toBe('Message #data');
    await page.close();
  });

  it('fits into narrow windows, with everything in reach', async () => {
    const page = await stage.open('#me=U0DANA&channel=C0DATA');
    const fits = async () => {
      for (const width of [679, 360]) {
        await page.setViewportSize({ width, height: 640 });
        const needed = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(needed).toBeLessThanOrEqual(width);
      }
    };
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    await fits();
    const before = await theme();
    await button(page, 'Show channels').click();
    await button(page, /^Use the \w+ theme/).click();
    expect(await theme()).not.toBe(before);
    await page.getByLabel('You are').selectOption('U0LUIS');
    await expect.poll(() => page.url()).toContain('me=U0LUIS');
    await button(page, 'Show channels').click();
    await inSidebar(page, /^connector/).click();
    await page.getByRole('tab', { name: 'About' }).click();
    await fits();
    await button(page, 'Show channels').click();
    await button(page, 'Acme Goods: people and apps').click();
    await fits();
    await page.close();
  });
});

import { WebClient } from '@slack/web-api';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { refusal } from '../playground/slack/slack-fixture.ts';
import { openStage, type Stage } from './open-page.ts';

let stage: Stage;
let page: Page;
let inspector: Locator;

beforeAll(async () => {
  stage = await openStage({ limits: {} });
  page = await stage.open('#me=U0DANA&channel=C0DATA&inspector=open');
  inspector = page.getByRole('complementary', { name: 'Inspector' });
});
afterEach(() => expect(stage.troubles).toEqual([]));
afterAll(() => stage[Symbol.asyncDispose]());

const line = (name: string) =>
  inspector.getByRole('row').filter({ has: page.getByRole('button', { name, exact: true }) });

it('shows calls and deliveries as they happen, each with both sides, and no secrets', async () => {
  const { slack, web } = stage;
  slack.say('@dana', '#data', 'How many, @connector?');
  await line('app_mention').last().getByText('acked').waitFor();
  await web.chat.postMessage({ channel: 'C0DATA', text: 'Seven orders' });
  const call = line('chat.postMessage').last();
  await call.getByText('Seven orders').waitFor();
  await call.getByRole('cell', { name: 'ok', exact: true }).waitFor();
  await refusal(web.chat.update({ channel: 'C0DATA', ts: '1.000001', text: 'Nothing' }));
  await line('chat.update').last().getByText('message_not_found').waitFor();

  await call.getByRole('button').click();
  const detail = inspector.getByRole('region', { name: 'chat.postMessage, in detail' });
  await detail.getByText('"text": "Seven orders"').first().waitFor();
  await detail.getByRole('region', { name: 'Answer, HTTP 200' }).getByText('"ok": true').waitFor();
  expect(await inspector.textContent()).not.toContain(slack.env.SLACK_BOT_TOKEN);
  await detail.getByRole('button', { name: 'Close detail' }).click();
  await detail.waitFor({ state: 'detached' });
});

it('filters by kind, by problem and by text, pauses and clears', async () => {
  const { slack, web } = stage;
  slack.say('@dana', '#data', 'Find the heliotrope, @connector');
  await line('app_mention').last().waitFor();
  const names = () => inspector.getByRole('row').getByRole('button').allTextContents();
  await inspector.getByRole('searchbox').fill('HELIOTROPE');
  await expect.poll(async () => (await names()).sort()).toEqual(['app_mention', 'message']);
  await inspector.getByRole('combobox', { name: 'Kind' }).selectOption('Calls');
  await inspector.getByText('Nothing fits the filter.').waitFor();
  await inspector.getByRole('searchbox').fill('');
  await refusal(web.chat.delete({ channel: 'C0DATA', ts: '1.000001' }));
  await inspector.getByRole('checkbox', { name: 'Problems' }).check();
  await expect.poll(names).toContain('chat.delete');
  expect(await names()).not.toContain('chat.postMessage');

  await inspector.getByRole('button', { name: 'Pause' }).click();
  const before = await names();
  await refusal(web.chat.delete({ channel: 'C0DATA', ts: '1.000002' }));
  await web.auth.test();
  expect(await names()).toEqual(before);
  await inspector.getByRole('button', { name: 'Go on' }).click();
  await expect.poll(names).toHaveLength(before.length + 1);
  // Again when traffic from before was drawn only afterwards.
  const isEmpty = async () => {
    await inspector.getByRole('button', { name: 'Clear' }).click();
    return inspector.getByText('Nothing yet.').isVisible();
  };
  await expect.poll(isEmpty).toBe(true);
});

it('draws each budget as a gauge', async () => {
  await stage.web.reactions.get({ channel: 'C0DATA', timestamp: '1.000001' }).catch(() => {});
  await stage.web.auth.test();
  await inspector.getByRole('tab', { name: 'Rates' }).click();
  const gauge = inspector.getByRole('meter', { name: /^reactions\.get/ });
  await gauge.waitFor();
  await expect.poll(() => gauge.getAttribute('aria-valuetext')).toMatch(/^[\d.]+ of \d+ in/);
});

it('switches a limit off and on', async () => {
  await inspector.getByRole('tab', { name: 'Limits' }).click();
  const scopes = inspector.getByRole('switch', { name: /^Scopes/ });
  expect(await scopes.isChecked()).toBe(true);
  const needsScope = () => refusal(stage.web.pins.list({ channel: 'C0DATA' }));
  const before = await needsScope();
  await scopes.click();
  await inspector.getByRole('tab', { name: 'Limits 1 off' }).waitFor();
  expect(stage.slack.state('@dana').limits.scopes).toBe(false);
  await scopes.click();
  await expect.poll(() => stage.slack.state('@dana').limits.scopes).toBe(true);
  expect(await needsScope()).toBe(before);
});

it('makes calls fail on request, says what is wrong with a request, and ends it', async () => {
  const { slack } = stage;
  const web = new WebClient(slack.env.SLACK_BOT_TOKEN, {
    slackApiUrl: slack.env.SLACK_API_URL,
    retryConfig: { retries: 0 },
  });
  await inspector.getByRole('tab', { name: 'Faults' }).click();
  await inspector.getByLabel('Method').fill('auth.test');
  await inspector.getByLabel('What happens').selectOption('Refuse with an error');
  await inspector.getByLabel('Calls').fill('none');
  await inspector.getByRole('button', { name: 'Add fault' }).click();
  await inspector.getByRole('alert').getByText('whole number').waitFor();
  await inspector.getByLabel('Calls').fill('');
  await inspector.getByRole('button', { name: 'Add fault' }).click();
  await inspector.getByText('auth.test: unknown_method').waitFor();
  expect(await refusal(web.auth.test())).toBe('unknown_method');
  await inspector.getByRole('button', { name: 'End: auth.test' }).click();
  await inspector.getByText('None: every call goes through.').waitFor();
  expect(await refusal(web.auth.test())).toBe('not refused');
});

it('asks the app’s connections to go, and its tab survives a reload', async () => {
  await page.reload();
  await inspector.getByRole('tab', { name: 'Faults', selected: true }).waitFor();
  await inspector.getByRole('button', { name: 'Refresh' }).click();
  await expect.poll(() => stage.slack.connections()).toBe(0);
});

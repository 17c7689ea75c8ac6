import { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import type { Slack } from '../../../playground/slack/server.ts';
import { control, startBolt } from './bolt-fixture.ts';
import { attentive, eventOf, heardBy, namesHeardBy, noticeOf } from './lifecycle-fixture.ts';
import { clientOf, quiet, refusal, start } from './slack-fixture.ts';

/** Two apps in one workspace, both connected by Bolt. */
async function startTwo() {
  const bolt = await startBolt({ manifest: attentive() });
  const other = await bolt.install(attentive('scribe', ['message.channels']));
  return { ...bolt, other };
}

const apps = (slack: Slack) => slack.state('@dana').apps;

describe('two apps', () => {
  it('have names, places and tokens of their own', async () => {
    await using two = await startTwo();
    const [first, second] = apps(two.slack);
    expect([first, second]).toMatchObject([
      { id: 'A0CONNECTOR', user: 'U0CONNECTOR', name: 'connector', online: true },
      { id: 'A0SCRIBE', user: 'U0SCRIBE', name: 'scribe', online: true },
    ]);
    expect(await two.other.app.client.auth.test()).toMatchObject({
      user_id: 'U0SCRIBE',
      bot_id: 'B0SCRIBE',
    });
    const open = async (client: WebClient) =>
      (await client.conversations.open({ users: 'U0DANA' })).channel?.id;
    const mine = await open(two.app.client);
    const theirs = await open(two.other.app.client);
    expect(mine).not.toBe(theirs);
    two.slack.say('@dana', '@scribe', 'just you');
    expect(two.slack.messages(String(theirs)).map(({ text }) => text)).toEqual(['just you']);
    expect(await refusal(two.app.client.conversations.info({ channel: String(theirs) }))).toBe(
      'channel_not_found',
    );
  });

  it('hear what they asked for, and not each other’s mentions', async () => {
    await using two = await startTwo();
    const mentions: string[] = [];
    two.app.event(
      'app_mention',
      async ({ event }) => void mentions.push(`connector ${event.text}`),
    );
    two.other.app.event(
      'app_mention',
      async ({ event }) => void mentions.push(`scribe ${event.text}`),
    );
    two.slack.say('@dana', '#data', '@scribe write this down');
    await two.slack.until(() => mentions.length > 0 && heardBy(two.slack).length > 0);
    expect(mentions).toEqual(['scribe <@U0SCRIBE> write this down']);
    expect(namesHeardBy(two.slack)).toEqual(['message']);
    expect(namesHeardBy(two.slack, 'A0SCRIBE')).toEqual(['app_mention']);
  });

  it('mention each other, and hear their own words as well', async () => {
    await using two = await startTwo();
    const said = new Promise<unknown>((resolve) =>
      two.app.event('app_mention', async ({ event }) => resolve(event)),
    );
    await two.other.app.client.chat.postMessage({
      channel: 'C0DATA',
      text: '<@U0CONNECTOR> how many orders?',
    });
    expect(await said).toMatchObject({
      user: 'U0SCRIBE',
      bot_id: 'B0SCRIBE',
      app_id: 'A0SCRIBE',
      bot_profile: { name: 'scribe' },
    });
    await two.app.client.chat.postMessage({ channel: 'C0DATA', text: 'Seven.' });
    expect(eventOf(two.slack, 'message')).toMatchObject({ text: 'Seven.', bot_id: 'B0CONNECTOR' });
  });

  it('cannot change each other’s messages', async () => {
    await using two = await startTwo();
    const { ts } = await two.app.client.chat.postMessage({ channel: 'C0DATA', text: 'mine' });
    const update = { channel: 'C0DATA', ts: String(ts), text: 'yours' };
    expect(await refusal(two.other.app.client.chat.update(update))).toBe('cant_update_message');
  });
});

describe('an app that is uninstalled', () => {
  it('hears it last, and its tokens open nothing', async () => {
    await using two = await startTwo();
    const { slack } = two;
    const last: string[] = [];
    two.app.event('tokens_revoked', async ({ event }) => void last.push(event.type));
    two.app.event('app_uninstalled', async ({ event }) => void last.push(event.type));
    expect(await control(slack, 'app', { app_id: 'A0CONNECTOR', action: 'uninstall' })).toEqual({
      ok: true,
    });
    await slack.until(() => last.length === 2);
    expect(eventOf(slack, 'tokens_revoked')).toMatchObject({
      tokens: { bot: ['U0CONNECTOR'], oauth: [] },
    });
    expect(await refusal(two.app.client.auth.test())).toBe('account_inactive');
    slack.say('@dana', '#data', '@connector hello?');
    expect(namesHeardBy(slack)).toEqual(['tokens_revoked', 'app_uninstalled']);
    expect(eventOf(slack, 'user_change', 'A0SCRIBE')).toMatchObject({
      user: { id: 'U0CONNECTOR', deleted: true },
    });
    expect(() => slack.say('@dana', 'dm', 'hello?')).toThrow('is_inactive');
    expect(apps(slack)[0]).toMatchObject({ installed: false, online: false });
  });

  it('comes back with its tokens and places', async () => {
    await using slack = await start({ manifest: attentive() });
    const app = (action: string) => control(slack, 'app', { app_id: 'A0CONNECTOR', action });
    expect(await app('install')).toMatchObject({ error: 'already_installed' });
    await app('uninstall');
    expect(await app('uninstall')).toMatchObject({ error: 'app_not_installed' });
    await app('install');
    expect((await clientOf(slack).auth.test()).ok).toBe(true);
    await clientOf(slack).chat.postMessage({ channel: 'C0DATA', text: 'back' });
    slack.say('@dana', 'dm', 'hello');
    expect(eventOf(slack, 'message')).toMatchObject({ text: 'hello' });
  });

  it('can do that itself', async () => {
    await using slack = await start({ manifest: attentive() });
    const client = clientOf(slack);
    expect(await client.auth.revoke({ test: true })).toMatchObject({ revoked: false });
    expect(await client.auth.revoke()).toMatchObject({ revoked: true });
    expect(await refusal(client.auth.test())).toBe('account_inactive');
    await control(slack, 'app', { app_id: 'A0CONNECTOR', action: 'install' });
    expect(
      await client.apps.uninstall({ client_id: '1.2', client_secret: 'not-a-secret' }),
    ).toMatchObject({ ok: true });
    expect(await refusal(client.auth.test())).toBe('account_inactive');
  });

  it('is one that is known', async () => {
    await using slack = await start({ manifest: attentive() });
    expect(await control(slack, 'app', { app_id: 'A0NOBODY', action: 'install' })).toMatchObject({
      error: 'app_not_found',
    });
    const stranger = new WebClient('xoxb-nobody', {
      slackApiUrl: slack.env.SLACK_API_URL,
      logger: quiet,
    });
    expect(await refusal(stranger.auth.test())).toBe('invalid_auth');
  });
});

it('an app whose Messages tab is off is not written to', async () => {
  await using slack = await start({ manifest: attentive() });
  slack.install({
    features: { bot_user: { display_name: 'silent' }, app_home: { messages_tab_enabled: false } },
  });
  const { channel } = await control(slack, 'open-dm', { user: '@dana', others: ['@silent'] });
  expect(() => slack.say('@dana', String(channel), 'hello')).toThrow('messages_tab_disabled');
  expect(noticeOf(slack, 'channel_join')).toBeUndefined();
});

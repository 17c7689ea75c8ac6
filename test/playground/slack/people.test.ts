import type { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Slack } from '../../../playground/slack/server.ts';
import { control } from './bolt-fixture.ts';
import { attentive, eventOf } from './lifecycle-fixture.ts';
import { clientOf, refusal, start } from './slack-fixture.ts';

let slack: Slack;
let client: WebClient;

beforeAll(async () => {
  slack = await start({ manifest: attentive() });
  client = clientOf(slack);
});
afterAll(() => slack.close());

describe('what an app knows of people', () => {
  it('is their profile, with an address for whoever works here', async () => {
    const { user } = await client.users.info({ user: 'U0DANA' });
    expect(user).toMatchObject({
      name: 'dana',
      profile: {
        first_name: 'Dana',
        last_name: 'Whitfield',
        title: 'Head of Operations',
        email: 'dana@acme-goods.example',
      },
    });
    const { profile } = await client.users.profile.get({ user: 'U0STEFAN' });
    expect(profile).toMatchObject({ display_name: 'stefan' });
    expect(profile).not.toHaveProperty('email');
  });

  it('leaves addresses out without the scope for them', async () => {
    const scopes = ['users:read', 'users.profile:read'];
    await using shy = await start({ manifest: { oauth_config: { scopes: { bot: scopes } } } });
    const { user } = await clientOf(shy).users.info({ user: 'U0DANA' });
    const { profile } = await clientOf(shy).users.profile.get({ user: 'U0DANA' });
    const { members } = await clientOf(shy).users.list({});
    expect(JSON.stringify([user, profile, members])).not.toContain('@acme-goods.example');
    expect(await refusal(clientOf(shy).users.lookupByEmail({ email: 'x' }))).toBe('missing_scope');
  });

  it.each([
    ['dana@acme-goods.example', 'not refused'],
    ['Dana@Acme-Goods.example', 'not refused'],
    ['walt@acme-goods.example', 'users_not_found'],
    ['stefan@northwind-partners.example', 'users_not_found'],
    ['', 'invalid_arguments'],
  ])('by the address %s: %s', async (email, outcome) => {
    expect(await refusal(client.users.lookupByEmail({ email }))).toBe(outcome);
  });

  it.each([
    ['U0DANA', 'active'],
    ['U0WALT', 'away'],
    ['U0CONNECTOR', 'away'],
  ])('%s is %s', async (user, presence) => {
    expect((await client.users.getPresence({ user })).presence).toBe(presence);
  });

  it('is where they work', async () => {
    expect((await client.team.info()).team).toMatchObject({ id: 'T0ACMEGOODS' });
    expect((await client.team.info({ team: 'T0NORTHWIND' })).team).toMatchObject({
      name: 'Northwind Partners',
    });
    expect(await refusal(client.team.info({ team: 'T0NOWHERE' }))).toBe('team_not_found');
    expect((await client.bots.info({ bot: 'B0DEPLOYBOT' })).bot).toMatchObject({
      user_id: 'U0DEPLOYBOT',
    });
    expect(await refusal(client.bots.info({ bot: 'B0NOBODY' }))).toBe('bot_not_found');
  });
});

describe('somebody', () => {
  it('joins the company', async () => {
    const { user } = await control(slack, 'add-person', { name: 'rosa', real_name: 'Rosa Lindt' });
    expect(user).toBe('U0ROSA');
    expect(eventOf(slack, 'team_join')).toMatchObject({
      user: {
        id: 'U0ROSA',
        real_name: 'Rosa Lindt',
        profile: { email: 'rosa@acme-goods.example' },
      },
      cache_ts: expect.any(Number),
    });
    expect(eventOf(slack, 'member_joined_channel')).toMatchObject({
      user: 'U0ROSA',
      channel: 'C0GENERAL',
    });
    slack.say('@rosa', 'dm', 'hello');
    expect(eventOf(slack, 'message')).toMatchObject({ text: 'hello', channel_type: 'im' });
  });

  it('whose name reads like those of two others shares no DM with them', async () => {
    await using other = await start();
    other.addPerson({ name: 'dana0luis' });
    const own = other.openDm('@dana0luis', '@connector');
    const theirs = other.openDm('@dana', '@luis');
    expect(theirs).not.toBe(own);
    expect(other.openDm('@dana0luis', '@connector')).toBe(own);
  });

  it.each([
    [{ name: 'dana' }, 'name_taken'],
    [{ name: 'Da na' }, 'invalid_name'],
    [{ name: '-' }, 'name_taken'],
    [{ name: 'kim', tz: 'Mars/North' }, 'invalid_timezone'],
    [{}, 'invalid_arguments'],
  ])('cannot join as %j: %s', async (request, error) => {
    expect(await control(slack, 'add-person', request)).toMatchObject({ ok: false, error });
  });

  it('becomes a guest, who sees only their own channels', async () => {
    const names = () => slack.state('@mei').channels.map(({ id }) => id);
    const { channel } = await client.conversations.create({ name: 'without-mei' });
    expect(names()).toContain(channel?.id);
    await control(slack, 'person', { user: '@mei', is_restricted: true, title: 'Contractor' });
    expect(names()).not.toContain(channel?.id);
    expect(names()).toContain('C0DATA');
    expect(eventOf(slack, 'user_change')).toMatchObject({
      user: { id: 'U0MEI', is_restricted: true, profile: { title: 'Contractor' } },
    });
    for (const [action, body] of [
      ['create-channel', { name: 'mine' }],
      ['channel', { channel: '#data', action: 'archive' }],
    ] as const)
      expect(await control(slack, action, { user: '@mei', ...body })).toMatchObject({
        error: 'user_is_restricted',
      });
    await control(slack, 'person', { user: '@mei', is_restricted: false });
    expect(names()).toContain(channel?.id);
  });

  it('is deactivated and counts for nothing, then comes back', async () => {
    const members = async () =>
      (await client.conversations.members({ channel: 'C0DATA' })).members ?? [];
    await control(slack, 'person', { user: '@luis', deleted: true });
    expect(await members()).not.toContain('U0LUIS');
    expect((await client.conversations.info({ channel: 'D0LUIS' })).channel).toMatchObject({
      is_user_deleted: true,
    });
    expect(() => slack.say('@luis', '#data', 'me?')).toThrow('account_inactive');
    await control(slack, 'person', { user: '@luis', deleted: false });
    expect(await members()).toContain('U0LUIS');
    slack.say('@luis', '#data', 'me!');
  });

  it('who is an app is not changed like a person', async () => {
    expect(await control(slack, 'person', { user: '@connector', deleted: true })).toMatchObject({
      error: 'not_supported',
    });
  });
});

describe('a DM', () => {
  it.each([
    ['with nobody', '@dana', [], 'users_list_not_supplied'],
    ['with oneself', '@dana', ['@dana'], 'users_list_not_supplied'],
    ['with somebody deactivated', '@dana', ['@walt'], 'user_disabled'],
    ['of a guest with whom they share nothing', '@gwen', ['@stefan'], 'user_not_visible'],
    ['with nine', '@dana', Array(9).fill('@mei'), 'too_many_users'],
    ['with somebody unknown', '@dana', ['@nobody'], 'user_not_found'],
    ['of somebody deactivated', '@walt', ['@dana'], 'account_inactive'],
  ])('%s is refused', async (_name, user, others, error) => {
    expect(await control(slack, 'open-dm', { user, others })).toMatchObject({ ok: false, error });
  });

  it('with an app and somebody else is heard by the app', async () => {
    const others = ['@connector', '@gwen'];
    const { channel } = await control(slack, 'open-dm', { user: '@dana', others });
    expect(
      await control(slack, 'open-dm', { user: '@gwen', others: ['@dana', '@connector'] }),
    ).toEqual({ ok: true, channel });
    slack.say('@gwen', String(channel), 'three of us');
    expect(eventOf(slack, 'message')).toMatchObject({ text: 'three of us', channel_type: 'mpim' });
  });
});

describe('reactions', () => {
  const place = () => ({ channel: 'C0DATA', timestamp: slack.say('@dana', '#data', 'look') });

  it.each([
    [23, 'not refused'],
    [24, 'too_many_reactions'],
  ])('of one: the %ith is %s', async (count, outcome) => {
    const at = place();
    for (let i = 1; i < count; i += 1) slack.react('@connector', at.channel, at.timestamp, `e${i}`);
    expect(await refusal(client.reactions.add({ ...at, name: 'eyes' }))).toBe(outcome);
  });

  it.each([
    [50, 'not refused'],
    [51, 'too_many_emoji'],
  ])('of all: the %ith is %s', async (count, outcome) => {
    const at = place();
    const others = ['@dana', '@luis', '@mei'];
    for (let i = 0; i < count - 1; i += 1)
      slack.react(String(others[i % 3]), at.channel, at.timestamp, `e${i}`);
    expect(await refusal(client.reactions.add({ ...at, name: 'eyes' }))).toBe(outcome);
    expect(await refusal(client.reactions.add({ ...at, name: 'e0' }))).toBe('not refused');
  });

  it('are heard of, both ways, and listed', async () => {
    const at = place();
    slack.react('@luis', at.channel, at.timestamp, 'tada');
    expect(eventOf(slack, 'reaction_added')).toMatchObject({
      user: 'U0LUIS',
      reaction: 'tada',
      item_user: 'U0DANA',
      item: { type: 'message', channel: 'C0DATA', ts: at.timestamp },
      event_ts: expect.any(String),
    });
    const { items } = await client.reactions.list({ user: 'U0LUIS' });
    expect(items?.[0]).toMatchObject({ channel: 'C0DATA', message: { ts: at.timestamp } });
    slack.react('@luis', at.channel, at.timestamp, 'tada', true);
    expect(eventOf(slack, 'reaction_removed')).toMatchObject({ reaction: 'tada' });
  });

  it.each([
    ['no message', { name: 'eyes' }, 'no_item_specified'],
    ['no time', { name: 'eyes', channel: 'C0DATA', timestamp: 'now' }, 'bad_timestamp'],
    ['an unknown one', { name: 'eyes', channel: 'C0DATA', timestamp: '1.1' }, 'message_not_found'],
  ])('to %s are refused', async (_name, args, error) => {
    expect(await refusal(client.apiCall('reactions.add', args))).toBe(error);
  });

  it('have a name', async () => {
    expect(await refusal(client.reactions.add({ ...place(), name: ':eyes:' }))).toBe(
      'invalid_name',
    );
  });
});

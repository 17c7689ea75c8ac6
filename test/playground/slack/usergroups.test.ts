import type { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Slack } from '../../../playground/slack/server.ts';
import { attentive, eventOf } from './lifecycle-fixture.ts';
import { clientOf, refusal, start } from './slack-fixture.ts';

let slack: Slack;
let client: WebClient;

beforeAll(async () => {
  slack = await start({ manifest: attentive() });
  client = clientOf(slack);
});
afterAll(() => slack.close());

describe('user groups', () => {
  it('are listed, with their members when asked', async () => {
    const [bare] = (await client.usergroups.list()).usergroups ?? [];
    expect(bare).toMatchObject({ id: 'S0ANALYSTS', handle: 'analysts', team_id: 'T0ACMEGOODS' });
    expect(bare).not.toHaveProperty('users');
    const args = { include_users: true, include_count: true };
    const [whole] = (await client.usergroups.list(args)).usergroups ?? [];
    expect(whole).toMatchObject({ users: ['U0LUIS', 'U0MEI'], user_count: 2 });
  });

  it('are mentioned by their handle, as long as they are enabled', async () => {
    const say = () => {
      slack.say('@dana', '#data', '@analysts please look');
      return eventOf(slack, 'message');
    };
    expect(say()).toMatchObject({
      text: '<!subteam^S0ANALYSTS> please look',
      blocks: [
        {
          elements: [
            {
              elements: [
                { type: 'usergroup', usergroup_id: 'S0ANALYSTS' },
                { type: 'text', text: ' please look' },
              ],
            },
          ],
        },
      ],
    });
    await client.usergroups.disable({ usergroup: 'S0ANALYSTS' });
    expect(say()).toMatchObject({ text: '@analysts please look' });
    expect((await client.usergroups.list()).usergroups).toEqual([]);
    expect((await client.usergroups.list({ include_disabled: true })).usergroups).toMatchObject([
      { date_delete: expect.any(Number), deleted_by: slack.bot.userId },
    ]);
    await client.usergroups.enable({ usergroup: 'S0ANALYSTS' });
    expect(eventOf(slack, 'subteam_updated')).toMatchObject({ subteam: { date_delete: 0 } });
  });

  it('are made, changed and filled, and apps hear of it', async () => {
    const { usergroup } = await client.usergroups.create({ name: 'On Call', channels: 'C0DATA' });
    expect(usergroup).toMatchObject({ id: 'S0ONCALL', handle: 'on-call', user_count: 0 });
    expect(eventOf(slack, 'subteam_created')).toMatchObject({
      subteam: { id: 'S0ONCALL', prefs: { channels: ['C0DATA'] }, created_by: slack.bot.userId },
    });
    const id = 'S0ONCALL';
    await client.usergroups.update({ usergroup: id, description: 'Who is up' });
    expect(eventOf(slack, 'subteam_updated')).toMatchObject({
      subteam: { name: 'On Call', description: 'Who is up' },
    });
    await client.usergroups.users.update({ usergroup: id, users: 'U0DANA,U0CONNECTOR' });
    await client.usergroups.users.update({ usergroup: id, users: 'U0DANA,U0LUIS' });
    expect(eventOf(slack, 'subteam_members_changed')).toMatchObject({
      subteam_id: id,
      added_users: ['U0LUIS'],
      removed_users: ['U0CONNECTOR'],
      added_users_count: 1,
    });
    expect(eventOf(slack, 'subteam_self_added')).toMatchObject({ subteam_id: id });
    expect(eventOf(slack, 'subteam_self_removed')).toMatchObject({ subteam_id: id });
    const { users } = await client.usergroups.users.list({ usergroup: id });
    expect(users).toEqual(['U0DANA', 'U0LUIS']);
    expect(slack.state('@dana').usergroups).toHaveLength(2);
  });

  it.each([
    ['create', { name: '' }, 'missing_subteam_name'],
    ['create', { name: 'Analysts' }, 'name_already_exists'],
    ['create', { name: 'Others', handle: 'dana' }, 'handle_already_exists'],
    ['create', { name: 'Others', handle: 'general' }, 'handle_already_exists'],
    ['create', { name: 'Others', handle: 'so so' }, 'bad_handle'],
    ['create', { name: 'x'.repeat(81) }, 'name_too_long'],
    ['create', { name: 'Others', description: 'x'.repeat(141) }, 'description_too_long'],
    ['create', { name: 'Others', channels: 'C0NOWHERE' }, 'invalid_channel_provided'],
    ['update', { usergroup: 'S0NOBODY', name: 'x' }, 'no_such_subteam'],
    ['users.list', { usergroup: 'S0NOBODY' }, 'no_such_subteam'],
    ['users.update', { usergroup: 'S0ANALYSTS', users: '' }, 'no_users_provided'],
    ['users.update', { usergroup: 'S0ANALYSTS', users: 'U0NOBODY' }, 'invalid_users'],
  ])('refuse %s of %j: %s', async (method, args, error) => {
    expect(await refusal(client.apiCall(`usergroups.${method}`, args))).toBe(error);
  });
});

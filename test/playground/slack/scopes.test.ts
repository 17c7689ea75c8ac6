import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Slack } from '../../../playground/slack/server.ts';
import { appManifest, clientOf, refusal, start } from './slack-fixture.ts';

const withScopes = (...bot: string[]) => ({
  features: { bot_user: { display_name: 'connector' } },
  oauth_config: { scopes: { bot } },
});

/** What the answer says about scopes: `fine`, or what is needed. */
async function needed(client: WebClient, method: string, args: Record<string, unknown>) {
  try {
    await client.apiCall(method, args);
    return 'fine';
  } catch (error) {
    const { data } = error as { data?: { error?: string; needed?: string } };
    return data?.error === 'missing_scope' ? data.needed : 'fine';
  }
}

describe('a token without a scope', () => {
  let slack: Slack;
  let client: WebClient;
  beforeAll(async () => {
    slack = await start({ manifest: withScopes('reactions:read') });
    client = clientOf(slack);
  });
  afterAll(() => slack.close());

  it.each([
    ['auth.test', {}, 'fine'],
    ['api.test', {}, 'fine'],
    ['chat.getPermalink', { channel: 'C0DATA' }, 'fine'],
    ['views.publish', { user_id: 'U0DANA' }, 'fine'],
    ['reactions.get', { channel: 'C0DATA', timestamp: '1.0' }, 'fine'],
    ['chat.postMessage', { channel: 'C0DATA', text: 'x' }, 'chat:write'],
    ['chat.startStream', { channel: 'C0DATA' }, 'chat:write'],
    ['reactions.add', { channel: 'C0DATA' }, 'reactions:write'],
    ['users.info', { user: 'U0DANA' }, 'users:read'],
    ['users.lookupByEmail', { email: 'x' }, 'users:read.email'],
    ['files.getUploadURLExternal', { filename: 'a', length: 1 }, 'files:write'],
    ['usergroups.list', {}, 'usergroups:read'],
    ['team.info', {}, 'team:read'],
    ['assistant.threads.setStatus', {}, 'chat:write,assistant:write'],
    ['assistant.threads.setSuggestedPrompts', {}, 'assistant:write'],
    ['agents.sessions.setStatus', {}, 'chat:write'],
    ['conversations.join', { channel: 'C0DATA' }, 'channels:join'],
    ['conversations.history', { channel: 'C0DATA' }, 'channels:history'],
    ['conversations.history', { channel: 'D0DANA' }, 'im:history'],
    [
      'conversations.history',
      { channel: 'C0NOWHERE' },
      'channels:history,groups:history,im:history,mpim:history',
    ],
    ['conversations.create', { name: 'a' }, 'channels:manage'],
    ['conversations.create', { name: 'a', is_private: true }, 'groups:write'],
    ['conversations.open', { users: 'U0DANA' }, 'im:write'],
    ['conversations.open', { users: 'U0DANA,U0LUIS' }, 'mpim:write'],
    ['conversations.open', { channel: 'D0DANA' }, 'im:write'],
    ['conversations.list', {}, 'channels:read'],
    ['conversations.list', { types: 'im,mpim' }, 'im:read'],
    ['users.conversations', { types: 'private_channel' }, 'groups:read'],
  ])('calls %s with %j: %s', async (method, args, expected) => {
    expect(await needed(client, method, args)).toBe(expected);
  });

  it('is told in Slack’s words, and the headers say what there is and what would do', async () => {
    const response = await fetch(`${slack.env.SLACK_API_URL}reactions.add`, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.env.SLACK_BOT_TOKEN}` },
    });
    expect(await response.json()).toEqual({
      ok: false,
      error: 'missing_scope',
      needed: 'reactions:write',
      provided: 'reactions:read',
    });
    expect(response.headers.get('x-oauth-scopes')).toBe('reactions:read');
    expect(response.headers.get('x-accepted-oauth-scopes')).toBe('reactions:write');
  });

  it('does everything while that limit is off', async () => {
    const post = () => refusal(client.chat.postMessage({ channel: 'C0DATA', text: 'x' }));
    slack.limits({ scopes: false });
    expect(await post()).toBe('not refused');
    slack.limits({ scopes: true });
    expect(await post()).toBe('missing_scope');
  });
});

describe('scopes', () => {
  it('of each kind of conversation are asked for by themselves', async () => {
    await using slack = await start({ manifest: withScopes('im:history', 'channels:read') });
    const client = clientOf(slack);
    const history = (channel: string) => needed(client, 'conversations.history', { channel });
    expect(await history('D0DANA')).toBe('fine');
    expect(await history('C0DATA')).toBe('channels:history');
    const list = (types: string) => needed(client, 'conversations.list', { types });
    expect(await list('public_channel')).toBe('fine');
    expect(await list('public_channel,im')).toBe('im:read');
  });

  it('are all there for an app without a manifest, and for one that names none', async () => {
    await using slack = await start({ manifest: 'none' });
    const more = slack.install({ features: { bot_user: { display_name: 'second' } } });
    for (const token of [slack.env.SLACK_BOT_TOKEN, more.env.SLACK_BOT_TOKEN]) {
      const client = new WebClient(token, { slackApiUrl: slack.env.SLACK_API_URL });
      expect(await refusal(client.users.info({ user: 'U0DANA' }))).toBe('not refused');
    }
  });

  it('are those of the app whose token it is', async () => {
    await using slack = await start({ manifest: withScopes('users:read') });
    const second = slack.install({
      ...appManifest,
      features: { ...appManifest.features, bot_user: { display_name: 'second' } },
    });
    const other = new WebClient(second.env.SLACK_BOT_TOKEN, {
      slackApiUrl: slack.env.SLACK_API_URL,
    });
    const post = { channel: 'C0DATA', text: 'x' };
    expect(await refusal(clientOf(slack).chat.postMessage(post))).toBe('missing_scope');
    expect(await refusal(other.chat.postMessage(post))).toBe('not refused');
  });
});

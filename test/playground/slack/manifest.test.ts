import { describe, expect, it } from 'vitest';
import { startSlack } from '../../../playground/slack/server.ts';
import { readManifest, toManifest } from '../../../playground/slack/workspace/manifest.ts';
import { appManifest } from './slack-fixture.ts';

const x = (length: number) => 'x'.repeat(length);
const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

/** The sentence about what is wrong, or `fine`. */
function verdict(manifest: unknown): string {
  try {
    toManifest(manifest);
    return 'fine';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const features = (more: object) => ({ features: more });
const command = (more: object = {}) => ({ command: '/x', description: 'd', ...more });
const shortcut = (more: object = {}) => ({
  name: 'n',
  type: 'message',
  callback_id: 'c',
  description: 'd',
  ...more,
});
const prompt = { title: 't', message: 'm' };

describe('limits of a manifest, at the edge and past it', () => {
  it.each([
    ['display_information.name', (n: number) => ({ display_information: { name: x(n) } }), 35],
    [
      'display_information.description',
      (n: number) => ({ display_information: { name: 'n', description: x(n) } }),
      140,
    ],
    [
      'display_information.long_description',
      (n: number) => ({ display_information: { name: 'n', long_description: x(n) } }),
      4_000,
    ],
    [
      'features.bot_user.display_name',
      (n: number) => features({ bot_user: { display_name: x(n) } }),
      80,
    ],
    [
      'features.agent_view.agent_description',
      (n: number) => features({ agent_view: { agent_description: x(n) } }),
      300,
    ],
    [
      'features.agent_view.suggested_prompts',
      (n: number) => features({ agent_view: { suggested_prompts: times(n, prompt) } }),
      4,
    ],
    [
      'features.slash_commands',
      (n: number) => features({ slash_commands: times(n, command()) }),
      50,
    ],
    [
      'features.slash_commands.0.command',
      (n: number) => features({ slash_commands: [command({ command: `/${x(n)}` })] }),
      32,
    ],
    [
      'features.slash_commands.0.description',
      (n: number) => features({ slash_commands: [command({ description: x(n) })] }),
      2_000,
    ],
    [
      'features.slash_commands.0.usage_hint',
      (n: number) => features({ slash_commands: [command({ usage_hint: x(n) })] }),
      1_000,
    ],
    ['features.shortcuts', (n: number) => features({ shortcuts: times(n, shortcut()) }), 10],
    [
      'features.shortcuts.0.callback_id',
      (n: number) => features({ shortcuts: [shortcut({ callback_id: x(n) })] }),
      255,
    ],
    [
      'features.shortcuts.0.description',
      (n: number) => features({ shortcuts: [shortcut({ description: x(n) })] }),
      150,
    ],
    [
      'oauth_config.scopes.bot',
      (n: number) => ({ oauth_config: { scopes: { bot: times(n, 'chat:write') } } }),
      255,
    ],
    [
      'settings.event_subscriptions.bot_events',
      (n: number) => ({
        settings: { event_subscriptions: { bot_events: times(n, 'app_mention') } },
      }),
      100,
    ],
  ])('%s', (place, build, edge) => {
    expect(verdict(build(edge))).toBe('fine');
    expect(verdict(build(edge + 1))).toMatch(`The app manifest is broken at ${place}: `);
  });
});

describe('a broken manifest is refused in one sentence with the place', () => {
  it.each([
    ['its top', null],
    ['its top', [1]],
    ['its top', 'name: x'],
    ['features', { features: 7 }],
    ['features.bot_user.display_name', features({ bot_user: { display_name: 'Data Bot' } })],
    ['features.bot_user.display_name', features({ bot_user: {} })],
    ['features.slash_commands.0.command', features({ slash_commands: [{ command: 'x' }] })],
    ['features.slash_commands.0.command', features({ slash_commands: [{ command: '/a b' }] })],
    ['features.shortcuts.0.type', features({ shortcuts: [shortcut({ type: 'odd' })] })],
    [
      'display_information.background_color',
      { display_information: { name: 'n', background_color: 'blue' } },
    ],
    ['oauth_config.scopes.bot', { oauth_config: { scopes: { bot: 'chat:write' } } }],
    ['oauth_config.scopes.bot.0', { oauth_config: { scopes: { bot: ['chat:write\n'] } } }],
    ['oauth_config.scopes.bot.1', { oauth_config: { scopes: { bot: ['im:read', 'im:reäd'] } } }],
    [
      'settings.event_subscriptions.request_url',
      { settings: { event_subscriptions: { request_url: 'nowhere' } } },
    ],
  ])('%s: %j', (place, manifest) => {
    const sentence = verdict(manifest);
    expect(sentence).toMatch(`The app manifest is broken at ${place}: `);
    expect(sentence).toMatch(/^[^\n]*\.$/);
  });

  it.each([
    ['an event', { settings: { event_subscriptions: { bot_events: ['reaction_added'] } } }],
    ['a command', features({ slash_commands: [command()] })],
    ['a shortcut', features({ shortcuts: [shortcut()] })],
  ])('that declares %s without the scope for it', (_name, declared) => {
    const withScopes = (...bot: string[]) => ({ ...declared, oauth_config: { scopes: { bot } } });
    const sentence = verdict(withScopes('chat:write'));
    const needed = /needs the scope (\S+)/.exec(sentence)?.[1] ?? '';
    expect(verdict(withScopes('chat:write', needed))).toBe('fine');
    expect(verdict(declared)).toBe('fine');
  });

  it('that names an event by either of two scopes', () => {
    const join = (scope: string) =>
      verdict({
        settings: { event_subscriptions: { bot_events: ['member_joined_channel'] } },
        oauth_config: { scopes: { bot: [scope] } },
      });
    expect(join('chat:write')).toContain(
      'bot_events: member_joined_channel needs the scope channels:read or groups:read in',
    );
    expect([join('channels:read'), join('groups:read')]).toEqual(['fine', 'fine']);
  });

  it('whose optional scopes are not among its scopes', () => {
    const scopes = { bot: ['chat:write'], bot_optional: ['chat:write', 'files:read'] };
    expect(verdict({ oauth_config: { scopes } })).toContain('bot_optional');
  });

  it('before anything is started', async () => {
    await expect(startSlack({ manifest: { features: 7 } })).rejects.toThrow(
      'The app manifest is broken at features: ',
    );
  });
});

describe('a manifest', () => {
  it('says what the app is', () => {
    const home = { home_tab_enabled: true, messages_tab_read_only_enabled: true };
    const { scopes, events, ...rest } = toManifest({
      ...appManifest,
      features: { ...appManifest.features, app_home: home },
    });
    expect(rest).toMatchObject({
      name: 'connector',
      agent: true,
      homeTab: true,
      messagesTab: false,
      commands: [{ command: '/datasource', should_escape: false }],
    });
    expect(scopes).toContain('chat:write');
    expect(events).toContain('app_mention');
  });

  it('of this project is one that Slack takes', async () => {
    const manifest = await readManifest(new URL('../../../manifest.json', import.meta.url));
    expect(manifest.scopes?.size).toBeGreaterThan(0);
  });

  it('may be absent: then the app may do everything', async () => {
    const manifest = await readManifest(new URL('nowhere.json', import.meta.url));
    expect([manifest.scopes, manifest.events, manifest.commands]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

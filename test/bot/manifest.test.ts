import { describe, expect, it } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };
import { toHttpManifest } from '../../src/bot/manifest.ts';

describe('the manifest', () => {
  it('is the Socket Mode form without the agent feature', () => {
    expect(manifest.settings.socket_mode_enabled).toBe(true);
    expect(Object.keys(manifest.features)).not.toContain('agent_view');
    expect(JSON.stringify(manifest)).not.toContain('https://');
  });

  it('asks for every optional scope among its scopes', () => {
    const { bot, bot_optional } = manifest.oauth_config.scopes;
    expect(bot).toEqual(expect.arrayContaining(bot_optional));
  });

  it.each([
    'https://bot.example.com',
    'https://bot.example.com/',
    'https://bot.example.com/x/../',
    'https://bot.example.com/slack/events',
  ])('delivers everything to one address under %s in its HTTP form', (url) => {
    const http = toHttpManifest(manifest, url);
    const address = 'https://bot.example.com/slack/events';
    expect(http.settings).toMatchObject({
      socket_mode_enabled: false,
      event_subscriptions: { request_url: address, ...manifest.settings.event_subscriptions },
      interactivity: { is_enabled: true, request_url: address },
    });
    expect(http.features.slash_commands).toEqual([
      { ...manifest.features.slash_commands[0], url: address },
    ]);
  });

  it.each(['http://bot.example.com', 'bot.example.com', ''])(
    'refuses %j with a sentence',
    (url) => {
      expect(() => toHttpManifest(manifest, url)).toThrow(/--url takes the https address/);
    },
  );
});

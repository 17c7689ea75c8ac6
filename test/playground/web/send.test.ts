import { describe, expect, it } from 'vitest';
import type { AppInfo } from '../../../playground/slack/control-types.ts';
import { type Outgoing, send } from '../../../playground/web/src/composer/send.ts';

const apps = [
  { installed: true, commands: [{ command: '/datasource', description: '' }] },
  { installed: false, commands: [{ command: '/gone', description: '' }] },
] as unknown as AppInfo[];

const outgoing = (text: string, more: Partial<Outgoing> = {}): Outgoing => ({
  user: 'U1',
  channel: 'C1',
  thread: undefined,
  text,
  files: [],
  apps,
  ...more,
});

describe('a command that Slack would not take is refused with its sentence', () => {
  it.each([
    ['an unknown one', outgoing('/nothing at all'), /not a valid command/],
    ['one of a removed app', outgoing('/gone'), /not a valid command/],
    [
      'one in a thread',
      outgoing('/datasource', { thread: '1.000001' }),
      /not supported in threads/,
    ],
    ['one with files', outgoing('/datasource', { files: ['F1'] }), /takes no files/],
  ])('%s', async (_case, request, message) => {
    expect(await send(request)).toMatchObject({
      ok: false,
      message: expect.stringMatching(message),
    });
  });
});

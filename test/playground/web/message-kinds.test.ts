import { describe, expect, it } from 'vitest';
import type { AppInfo, Message, Person } from '../../../playground/slack/control-types.ts';
import { authorOf } from '../../../playground/web/src/conversation/author-of.ts';
import {
  isNotice,
  isOwn,
  lastOwn,
} from '../../../playground/web/src/conversation/message-kinds.ts';

const said = (more: Partial<Message> = {}) => ({ ts: '1.000001', user: 'U1', ...more }) as Message;

describe('whose message it is', () => {
  it.each<[string, Partial<Message>, boolean]>([
    ['one’s own', {}, true],
    ['one’s own with a file', { subtype: 'file_share' }, true],
    ['somebody else’s', { user: 'U2' }, false],
    ['an app’s', { bot_id: 'B1' }, false],
    ['that one joined', { subtype: 'channel_join' }, false],
    ['something only one sees', { ephemeral_to: 'U1' }, false],
  ])('%s: %j', (_what, more, own) => {
    expect(isOwn(said(more), 'U1')).toBe(own);
  });

  it('finds the last one to edit', () => {
    const messages = [
      said({ ts: '1.000001' }),
      said({ ts: '1.000002' }),
      said({ ts: '1.000003', subtype: 'tombstone' }),
      said({ ts: '1.000004', user: 'U2' }),
    ];
    expect(lastOwn(messages, 'U1')).toBe('1.000002');
    expect(lastOwn(messages, 'U3')).toBeUndefined();
  });
});

it.each(['channel_join', 'channel_leave', 'group_join', 'channel_topic', 'channel_archive'])(
  '%s is told by Slack',
  (subtype) => {
    expect(isNotice(said({ subtype }))).toBe(true);
    expect(isNotice(said({ subtype: 'file_share' }))).toBe(false);
  },
);

describe('who wrote a message', () => {
  const dana = { id: 'U1', name: 'dana', real_name: 'Dana Quill', profile: {} } as Person;
  const app = { id: 'A1', user: 'UBOT', bot_id: 'B1', name: 'Polls' } as AppInfo;
  const directory = { people: new Map([['U1', dana]]), apps: [app] };
  it.each<[string, Partial<Message>, string, AppInfo | undefined]>([
    ['a person', {}, 'Dana Quill', undefined],
    ['an app under its own name', { user: 'UBOT', bot_id: 'B1' }, 'Polls', app],
    ['an app by its id', { user: 'UBOT', app_id: 'A1' }, 'Polls', app],
    ['an app under another name', { bot_id: 'B1', username: 'Weekly' }, 'Weekly', app],
    ['nobody one knows', { user: 'UGONE' }, 'Somebody', undefined],
    ['an app that is gone', { user: 'UGONE', bot_id: 'BGONE' }, 'Somebody', undefined],
  ])('%s', (_who, more, name, expected) => {
    expect(authorOf(said(more), directory)).toMatchObject({ name });
    expect(authorOf(said(more), directory).app).toBe(expected);
  });
});

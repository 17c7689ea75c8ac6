import { describe, expect, it } from 'vitest';
import type {
  Change,
  Message,
  State,
  SuggestedPrompts,
  ThreadStatus,
  Usergroup,
  View,
} from '../../../playground/slack/control-types.ts';
import { applyChange } from '../../../playground/web/src/workspace/apply-change.ts';

const message = (ts: string, text = ts): Message => ({
  type: 'message',
  channel: 'C1',
  ts,
  team: 'T1',
  user: 'U1',
  text,
});

const state: State = {
  team: { id: 'T1', name: 'Lanternfield', domain: 'lanternfield' },
  apps: [app('A1'), app('A2')],
  me: 'U1',
  people: [person('U1'), person('U2')],
  channels: [channel('C1'), channel('C2')],
  messages: { C1: [message('1.000001'), message('3.000001')], C2: [message('2.000001')] },
  statuses: [status('is busy', { channel: 'C2' })],
  prompts: [prompts('Again?', { channel: 'C2' })],
  views: [],
  homes: [],
  limits: { rates: true, scopes: true, deadlines: true, sizes: true, blocks: true },
};

function channel(id: string, name = id): State['channels'][number] {
  return { id, name, kind: 'public', topic: '', members: [], external: false, archived: false };
}

function app(id: string, more: Partial<State['apps'][number]> = {}): State['apps'][number] {
  return {
    id,
    user: `U${id}`,
    bot_id: `B${id}`,
    name: id,
    installed: true,
    online: true,
    home_tab: true,
    messages_tab: true,
    commands: [],
    shortcuts: [],
    stoppable: false,
    ...more,
  };
}

function person(id: string, more: Partial<State['people'][number]> = {}): State['people'][number] {
  return {
    id,
    team_id: 'T1',
    name: id,
    real_name: id,
    tz: 'UTC',
    is_bot: false,
    is_restricted: false,
    is_stranger: false,
    deleted: false,
    profile: { display_name: id, real_name: id },
    ...more,
  };
}

function status(text: string, more: Partial<ThreadStatus> = {}): ThreadStatus {
  return {
    app_id: 'A1',
    channel: 'C1',
    thread_ts: '1.000001',
    status: text,
    loading_messages: [],
    ...more,
  };
}

function prompts(title: string, more: Partial<SuggestedPrompts> = {}): SuggestedPrompts {
  return {
    app_id: 'A1',
    channel: 'C1',
    prompts: title ? [{ title, message: title }] : [],
    ...more,
  };
}

function view(id: string, more: Partial<View> = {}): View {
  return {
    id,
    app_id: 'A1',
    type: 'modal',
    user: 'U1',
    callback_id: '',
    private_metadata: '',
    blocks: [],
    hash: id,
    root_view_id: id,
    ...more,
  };
}

const tsOf = (next: State) => next.messages.C1?.map(({ ts }) => ts);

describe('a message', () => {
  it.each([
    ['at the end', '4.000001', ['1.000001', '3.000001', '4.000001']],
    ['at the beginning', '0.500001', ['0.500001', '1.000001', '3.000001']],
    ['in between, when it comes late', '2.000001', ['1.000001', '2.000001', '3.000001']],
    ['in the place of its older version', '3.000001', ['1.000001', '3.000001']],
  ])('goes %s', (_place, ts, expected) => {
    const next = applyChange(state, { type: 'message', message: message(ts, 'new') });
    expect(tsOf(next)).toEqual(expected);
    expect(next.messages.C1?.find((other) => other.ts === ts)?.text).toBe('new');
  });

  it('leaves every other message and channel the same object, so that nothing else is redrawn', () => {
    const next = applyChange(state, { type: 'message', message: message('3.000001', 'edited') });
    expect(next.messages.C1?.[0]).toBe(state.messages.C1?.[0]);
    expect(next.messages.C2).toBe(state.messages.C2);
    expect(next.people).toBe(state.people);
  });

  it('can be the first one in a channel nobody has seen', () => {
    const first = { ...message('1.000001'), channel: 'C9' };
    expect(applyChange(state, { type: 'message', message: first }).messages.C9).toEqual([first]);
  });

  it('goes when it is deleted, and deleting it twice does no harm', () => {
    const change: Change = { type: 'message-deleted', channel: 'C1', ts: '1.000001' };
    const once = applyChange(state, change);
    expect(tsOf(once)).toEqual(['3.000001']);
    expect(tsOf(applyChange(once, change))).toEqual(['3.000001']);
  });
});

describe('a status', () => {
  const change = (text: string, more?: Partial<ThreadStatus>): Change => ({
    type: 'status',
    status: status(text, more),
  });
  const texts = (changes: Change[]) =>
    changes.reduce(applyChange, state).statuses.map(({ status: text }) => text);

  it.each<[string, Change[], string[]]>([
    ['replaces the one before', [change('is reading'), change('is thinking')], ['is thinking']],
    ['is ended by an empty one', [change('is reading'), change('')], []],
    [
      'stands beside that of another app in the same thread',
      [change('is reading'), change('is thinking', { app_id: 'A2' })],
      ['is reading', 'is thinking'],
    ],
  ])('%s', (_rule, changes, expected) => {
    expect(texts(changes)).toEqual(['is busy', ...expected]);
  });
});

describe('suggested prompts', () => {
  const titles = (changes: SuggestedPrompts[]) =>
    changes
      .map((one): Change => ({ type: 'prompts', prompts: one }))
      .reduce(applyChange, state)
      .prompts.flatMap(({ prompts: all }) => all.map(({ title }) => title));

  it.each<[string, SuggestedPrompts[], string[]]>([
    ['replace those before', [prompts('Sales?'), prompts('Users?')], ['Users?']],
    ['end when there are none', [prompts('Sales?'), prompts('')], []],
    [
      'of a thread stand beside those of its channel',
      [prompts('Sales?'), prompts('Users?', { thread_ts: '1.000001' })],
      ['Sales?', 'Users?'],
    ],
  ])('%s', (_rule, changes, expected) => {
    expect(titles(changes)).toEqual(['Again?', ...expected]);
  });
});

describe('a view', () => {
  const shown = (next: State) => [next.views, next.homes].map((all) => all.map(({ hash }) => hash));

  it.each<[string, View[], [string[], string[]]]>([
    ['lies on top of the one before', [view('V1'), view('V2')], [['V1', 'V2'], []]],
    ['is updated in its place', [view('V1'), view('V1', { hash: 'new' })], [['new'], []]],
    ['of somebody else is not shown', [view('V1', { user: 'U2' })], [[], []]],
    [
      'is one Home per app, the newest',
      [
        view('H1', { type: 'home' }),
        view('H2', { type: 'home', app_id: 'A2' }),
        view('H3', { type: 'home' }),
      ],
      [[], ['H3', 'H2']],
    ],
  ])('%s', (_rule, views, expected) => {
    const changes = views.map((one): Change => ({ type: 'view', view: one }));
    expect(shown(changes.reduce(applyChange, state))).toEqual(expected);
  });

  it('goes when it is closed', () => {
    const changes: Change[] = [
      { type: 'view', view: view('V1') },
      { type: 'view-closed', user: 'U1', view_id: 'V1' },
    ];
    expect(shown(changes.reduce(applyChange, state))).toEqual([[], []]);
  });
});

describe('the rest', () => {
  it('renames a channel in its place and adds a new one at the end', () => {
    const renamed = applyChange(state, { type: 'channel', channel: channel('C1', 'numbers') });
    expect(renamed.channels.map(({ name }) => name)).toEqual(['numbers', 'C2']);
    const added = applyChange(state, { type: 'channel', channel: channel('C3') });
    expect(added.channels.map(({ name }) => name)).toEqual(['C1', 'C2', 'C3']);
  });

  it('forgets a channel that is gone, with all that was in it', () => {
    const { channels, messages, statuses, prompts } = applyChange(state, {
      type: 'channel-gone',
      channel: 'C2',
    });
    expect({ channels, messages, statuses, prompts }).toEqual({
      channels: [channel('C1')],
      messages: { C1: state.messages.C1 },
      statuses: [],
      prompts: [],
    });
  });

  it('knows when one of the apps goes away, and when another is installed', () => {
    const gone = applyChange(state, { type: 'app', app: app('A2', { online: false }) });
    expect(gone.apps.map(({ id, online }) => [id, online])).toEqual([
      ['A1', true],
      ['A2', false],
    ]);
    expect(applyChange(state, { type: 'app', app: app('A3') }).apps).toHaveLength(3);
  });

  it('knows who became a guest, and who is new', () => {
    const guest = applyChange(state, {
      type: 'person',
      person: person('U1', { is_restricted: true }),
    });
    expect(guest.people.map(({ id, is_restricted }) => [id, is_restricted])).toEqual([
      ['U1', true],
      ['U2', false],
    ]);
    expect(applyChange(state, { type: 'person', person: person('U3') }).people).toHaveLength(3);
  });

  it('knows what user groups there are, and how they changed', () => {
    const usergroup = { id: 'S1', handle: 'ops' } as Usergroup;
    const made = applyChange(state, { type: 'usergroup', usergroup });
    expect(made.usergroups).toEqual([usergroup]);
    const renamed = { ...usergroup, handle: 'night-shift' };
    const after = applyChange(made, { type: 'usergroup', usergroup: renamed });
    expect(after.usergroups).toEqual([renamed]);
  });

  it('knows which limits are kept', () => {
    const limits = { ...state.limits, rates: false };
    expect(applyChange(state, { type: 'limits', limits }).limits).toEqual(limits);
  });

  it('is unchanged by a kind of change that this page does not know', () => {
    expect(applyChange(state, { type: 'later' } as unknown as Change)).toBe(state);
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  type Bolt,
  control,
  modes,
  openModal,
  payloadOf,
  plain,
  startBolt,
  triggerOf,
} from './bolt-fixture.ts';
import { appManifest, refusal } from './slack-fixture.ts';

const text = (block_id: string, more: object = {}) => ({
  type: 'input',
  block_id,
  label: plain('Label'),
  element: { type: 'plain_text_input', action_id: 'typed' },
  ...more,
});
const modal = (more: object = {}) => ({
  type: 'modal',
  callback_id: 'form',
  title: plain('Form'),
  submit: plain('Save'),
  blocks: [text('name')],
  ...more,
});
const divider = { type: 'divider' };

/** A fresh trigger id of Dana's. */
async function trigger({ slack, app }: Bolt): Promise<string> {
  app.command('/datasource', async ({ ack }) => ack());
  await slack.command('@dana', '#data', '/datasource');
  return triggerOf(slack);
}

const call = (bolt: Bolt, method: string, args: Record<string, unknown>) =>
  bolt.app.client.apiCall(method, args) as Promise<{ view?: { id: string } }>;
const views = (bolt: Bolt) => bolt.slack.state('@dana').views;
const ids = (bolt: Bolt) => views(bolt).map(({ id }) => id);

/** Pushes a modal above those that are open; gives its id. */
async function push(bolt: Bolt, view: object = modal()): Promise<string> {
  const { view: pushed } = await call(bolt, 'views.push', {
    trigger_id: await trigger(bolt),
    view,
  });
  return String(pushed?.id);
}

afterEach(() => {
  vi.useRealTimers();
});

describe('a trigger', () => {
  it.each([
    ['at three seconds', {}, 3_000, 'not refused'],
    ['after that', {}, 3_001, 'expired_trigger_id'],
    ['after that, with deadlines off', { deadlines: false }, 60_000, 'not refused'],
  ])('%s', async (_name, limits, ms, expected) => {
    await using bolt = await startBolt({ limits });
    vi.useFakeTimers({ toFake: ['Date'] });
    const trigger_id = await trigger(bolt);
    vi.setSystemTime(Date.now() + ms);
    expect(await refusal(call(bolt, 'views.open', { trigger_id, view: modal() }))).toBe(expected);
  });

  it('is good for one modal; a broken view costs none', async () => {
    await using bolt = await startBolt();
    const trigger_id = await trigger(bolt);
    const open = (view: object) => refusal(call(bolt, 'views.open', { trigger_id, view }));
    expect(await open(modal({ title: undefined }))).toBe('invalid_arguments');
    expect(await open(modal())).toBe('not refused');
    expect(await open(modal())).toBe('exchanged_trigger_id');
    expect(await refusal(call(bolt, 'views.open', { view: modal() }))).toBe('invalid_trigger_id');
  });

  it('belongs to the app that was told', async () => {
    await using bolt = await startBolt();
    const { client } = (await bolt.install({ ...appManifest, features: {} })).app;
    const view = modal() as never;
    const call = client.views.open({ trigger_id: await trigger(bolt), view });
    expect(await refusal(call)).toBe('invalid_trigger_id');
  });
});

describe('a view', () => {
  /** 121,500 characters of two bytes each, and the rest. */
  const padded = (bytes: number) => {
    const bare = modal({ blocks: [], private_metadata: '' });
    const section = { type: 'section', text: plain('é'.repeat(1_215)) };
    const blocks = Array.from({ length: 100 }, () => section);
    const before = Buffer.byteLength(JSON.stringify({ ...bare, blocks }));
    return { ...bare, blocks, private_metadata: 'x'.repeat(bytes - before) };
  };
  it.each<[string, (size: number) => object, number, string]>([
    ['title', (n) => modal({ title: plain('x'.repeat(n)) }), 24, 'invalid_arguments'],
    ['submit', (n) => modal({ submit: plain('x'.repeat(n)) }), 24, 'invalid_arguments'],
    ['close', (n) => modal({ close: plain('x'.repeat(n)) }), 24, 'invalid_arguments'],
    ['callback_id', (n) => modal({ callback_id: 'x'.repeat(n) }), 255, 'invalid_arguments'],
    ['external_id', (n) => modal({ external_id: 'x'.repeat(n) }), 255, 'invalid_arguments'],
    [
      'private_metadata',
      (n) => modal({ private_metadata: 'x'.repeat(n) }),
      3_000,
      'invalid_arguments',
    ],
    [
      'blocks',
      (n) => modal({ blocks: Array.from({ length: n }, () => divider) }),
      100,
      'invalid_arguments',
    ],
  ])('has a limit for its %s', async (_name, build, edge, error) => {
    await using bolt = await startBolt();
    const open = async (view: object) =>
      refusal(call(bolt, 'views.open', { trigger_id: await trigger(bolt), view }));
    expect(await open(build(edge))).toBe('not refused');
    expect(await open(build(edge + 1))).toBe(error);
    bolt.slack.limits({ sizes: false, blocks: false });
    expect(await open(build(edge + 1))).toBe('not refused');
  });

  it.each<[string, object, string[]]>([
    [
      'nothing in it',
      {},
      ['type', 'blocks', 'title'].map(
        (name) => `[ERROR] missing required field: ${name} [json-pointer:/view]`,
      ),
    ],
    [
      'a broken block',
      modal({ blocks: [{ type: 'header', text: plain('') }] }),
      ['[ERROR] must be more than 0 characters [json-pointer:/view/blocks/0/text/text]'],
    ],
    [
      'an input and no button to send it',
      modal({ submit: undefined, blocks: [divider, text('name')] }),
      [
        '[ERROR] must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/1/input]',
      ],
    ],
    [
      'what a view does not have',
      modal({ state: {} }),
      ['[ERROR] invalid additional property: state [json-pointer:/view]'],
    ],
    [
      'a block_id on an element',
      modal({ blocks: [text('name', { element: { type: 'plain_text_input', block_id: 'x' } })] }),
      ['[ERROR] invalid additional property: block_id [json-pointer:/view/blocks/0/element]'],
    ],
  ])('with %s is refused with the place', async (_name, view, messages) => {
    await using bolt = await startBolt();
    const open = call(bolt, 'views.open', { trigger_id: await trigger(bolt), view });
    await expect(open).rejects.toMatchObject({
      data: { error: 'invalid_arguments', response_metadata: { messages } },
    });
  });

  it('has 250,000 bytes, not characters', async () => {
    await using bolt = await startBolt();
    const open = async (view: object) =>
      refusal(call(bolt, 'views.open', { trigger_id: await trigger(bolt), view }));
    expect(await open(padded(250_000))).toBe('not refused');
    expect(await open(padded(250_001))).toBe('view_too_large');
  });

  it('goes with its app', async () => {
    await using bolt = await startBolt();
    await openModal(bolt, modal());
    const view = { type: 'home' as const, blocks: [{ type: 'divider' as const }] };
    await bolt.app.client.views.publish({ user_id: 'U0DANA', view });
    const { apps } = bolt.slack.state('@dana');
    bolt.slack.app(String(apps[0]?.id), 'uninstall');
    expect(bolt.slack.state('@dana')).toMatchObject({ views: [], homes: [] });
  });

  it('has an external_id that no other view has, and can be found by it', async () => {
    await using bolt = await startBolt();
    await openModal(bolt, modal({ external_id: 'mine' }));
    const twin = modal({ external_id: 'mine' });
    expect(await refusal(push(bolt, twin))).toBe('duplicate_external_id');
    const update = {
      external_id: 'mine',
      view: modal({ external_id: 'mine', title: plain('New') }),
    };
    expect(await refusal(call(bolt, 'views.update', update))).toBe('not refused');
    expect(views(bolt)).toMatchObject([{ title: { text: 'New' } }]);
    await control(bolt.slack, 'close-view', { user: '@dana', view_id: ids(bolt)[0] });
    expect(await openModal(bolt, twin)).toMatch(/^V/);
  });

  it('of another app is not there', async () => {
    await using bolt = await startBolt();
    const view_id = await openModal(bolt, modal());
    const { client } = (await bolt.install({ ...appManifest, features: {} })).app;
    expect(await refusal(client.views.update({ view_id, view: modal() as never }))).toBe(
      'not_found',
    );
  });

  it('begins its menu of conversations with the one where it was opened', async () => {
    await using bolt = await startBolt();
    const element = {
      type: 'conversations_select',
      action_id: 'where',
      default_to_current_conversation: true,
      response_url_enabled: true,
    };
    const view_id = await openModal(bolt, modal({ blocks: [text('b', { element })] }));
    bolt.app.view('form', async ({ ack, respond }) => {
      await ack();
      await respond({ response_type: 'in_channel', text: 'done' });
    });
    await bolt.slack.submit('@dana', view_id, {});
    expect(payloadOf(bolt.slack, 'view_submission')?.response_urls).toEqual([
      {
        block_id: 'b',
        action_id: 'where',
        channel_id: 'C0DATA',
        response_url: expect.stringContaining('/response/'),
      },
    ]);
    expect(await bolt.slack.waitFor({ channel: '#data', matches: 'done' })).toBeTruthy();
  });
});

describe('a stack of modals', () => {
  it('has three at most', async () => {
    await using bolt = await startBolt();
    const first = await openModal(bolt, modal());
    const second = await push(bolt);
    const third = await push(bolt);
    expect(views(bolt)).toMatchObject([
      { id: first, root_view_id: first },
      { id: second, root_view_id: first, previous_view_id: first },
      { id: third, root_view_id: first, previous_view_id: second },
    ]);
    expect(await refusal(push(bolt))).toBe('push_limit_reached');
  });

  it('begins anew with the next modal that is opened', async () => {
    await using bolt = await startBolt();
    await openModal(bolt, modal());
    await push(bolt);
    const id = await openModal(bolt, modal());
    expect(ids(bolt)).toEqual([id]);
  });

  it('cannot be pushed on when there is none', async () => {
    await using bolt = await startBolt();
    expect(await refusal(push(bolt))).toBe('not_found');
  });

  it.each([
    ['the button closes one', {}, {}, [{ callback_id: 'upper', is_cleared: false }]],
    [
      'the cross closes all',
      {},
      { all: true },
      [
        { callback_id: 'upper', is_cleared: true },
        { callback_id: 'lower', is_cleared: true },
      ],
    ],
    [
      'the button closes all of a view that says so',
      { clear_on_close: true },
      {},
      [
        { callback_id: 'upper', is_cleared: true },
        { callback_id: 'lower', is_cleared: true },
      ],
    ],
  ])('%s, and the app hears of it', async (_name, view, request, expected) => {
    await using bolt = await startBolt();
    const heard: unknown[] = [];
    bolt.app.view({ type: 'view_closed' }, async ({ ack, body }) => {
      heard.push(body);
      await ack();
    });
    await openModal(bolt, modal({ callback_id: 'lower', notify_on_close: true }));
    const view_id = await push(
      bolt,
      modal({ callback_id: 'upper', notify_on_close: true, ...view }),
    );
    await control(bolt.slack, 'close-view', { user: '@dana', view_id, ...request });
    await bolt.slack.until(() => heard.length === expected.length);
    expect(heard).toMatchObject(
      expected.map(({ callback_id, ...rest }) => ({ ...rest, view: { callback_id } })),
    );
    expect(views(bolt)).toHaveLength(2 - expected.length);
  });

  it('is closed without a word when no view asked for one, and only by its person', async () => {
    await using bolt = await startBolt();
    const view_id = await openModal(bolt, modal());
    const close = (user: string) => control(bolt.slack, 'close-view', { user, view_id });
    expect(await close('@luis')).toMatchObject({ error: 'not_found' });
    expect(await close('@dana')).toEqual({ ok: true });
    expect(await close('@dana')).toMatchObject({ error: 'not_found' });
    expect(payloadOf(bolt.slack, 'view_closed')).toBeUndefined();
  });
});

describe('an update', () => {
  it('keeps what was typed where the ids stay, and nothing else', async () => {
    await using bolt = await startBolt();
    bolt.app.view('form', async ({ ack }) => ack());
    const view_id = await openModal(bolt, modal({ blocks: [text('stays'), text('goes')] }));
    const typed = { stays: { typed: 'kept' }, goes: { typed: 'lost' } };
    const button = { type: 'button', action_id: 'go', text: plain('Go') };
    const update = (blocks: object[]) =>
      call(bolt, 'views.update', { view_id, view: modal({ blocks }) });
    await update([text('stays'), text('goes'), { type: 'actions', elements: [button] }]);
    bolt.app.action('go', async ({ ack }) => ack());
    await bolt.slack.clickView('@dana', view_id, 'go', undefined, typed);
    await update([text('stays')]);
    await update([text('stays'), text('goes', { optional: true })]);
    expect(await bolt.slack.submit('@dana', view_id, {})).toBeUndefined();
    expect(payloadOf(bolt.slack, 'view_submission')).toMatchObject({
      view: {
        state: {
          values: { stays: { typed: { value: 'kept' } }, goes: { typed: { value: null } } },
        },
      },
    });
  });

  it('replaces the whole view: what the new one lacks is gone', async () => {
    await using bolt = await startBolt();
    const view_id = await openModal(bolt, modal({ private_metadata: 'old' }));
    const view = { type: 'modal', title: plain('Done'), blocks: [divider] };
    const answer = await call(bolt, 'views.update', { view_id, view });
    expect(answer.view).toMatchObject({ submit: null, private_metadata: '', callback_id: '' });
    expect(views(bolt)[0]).not.toHaveProperty('submit');
  });

  it.each([
    ['an old hash', { hash: '1.old' }, 'hash_conflict'],
    ['an unknown view', { view_id: 'V0' }, 'not_found'],
    ['no view', { view_id: '' }, 'invalid_arguments'],
    ['another type', { view: { type: 'home', blocks: [divider] } }, 'invalid_arguments'],
  ])('is refused with %s', async (_name, args, error) => {
    await using bolt = await startBolt();
    const view_id = await openModal(bolt, modal());
    expect(await refusal(call(bolt, 'views.update', { view_id, view: modal(), ...args }))).toBe(
      error,
    );
  });

  it('is guarded by the hash of the last one', async () => {
    await using bolt = await startBolt();
    const view_id = await openModal(bolt, modal());
    const update = (hash: string) => call(bolt, 'views.update', { view_id, view: modal(), hash });
    const hash = String(views(bolt)[0]?.hash);
    expect(await refusal(update(hash))).toBe('not refused');
    expect(await refusal(update(hash))).toBe('hash_conflict');
  });
});

describe.each(modes)('the answer to a submission, over %s', (mode) => {
  const answered = async (bolt: Bolt, answer: unknown) => {
    bolt.app.view('form', async ({ ack }) => ack(answer as never));
    const view_id = String(ids(bolt).at(-1));
    const values = { name: { typed: 'x' } };
    return control(bolt.slack, 'submit', { user: '@dana', view_id, values });
  };

  it.each<[string, unknown, string[]]>([
    ['nothing closes the topmost', undefined, ['Lower']],
    ['clear closes all', { response_action: 'clear' }, []],
    [
      'update replaces it',
      { response_action: 'update', view: modal({ title: plain('New') }) },
      ['Lower', 'New'],
    ],
    [
      'push opens one above',
      { response_action: 'push', view: modal({ title: plain('Third') }) },
      ['Lower', 'Form', 'Third'],
    ],
  ])('%s', async (_name, answer, titles) => {
    await using bolt = await startBolt({}, mode);
    await openModal(bolt, modal({ title: plain('Lower') }));
    await push(bolt);
    expect(await answered(bolt, answer)).toEqual({ ok: true });
    expect(views(bolt).map(({ title }) => (title as { text: string }).text)).toEqual(titles);
  });

  it('with errors shows them until the next one', async () => {
    await using bolt = await startBolt({}, mode);
    const view_id = await openModal(bolt, modal());
    const errors = { name: 'Not that.' };
    expect(await answered(bolt, { response_action: 'errors', errors })).toEqual({
      ok: true,
      errors,
    });
    expect(views(bolt)[0]?.errors).toEqual(errors);
    const empty = await bolt.slack.submit('@dana', view_id, { name: { typed: '' } });
    expect(views(bolt)[0]?.errors).toEqual(empty);
  });

  it.each<[string, unknown, string]>([
    ['an unknown block', { response_action: 'errors', errors: { other: 'No.' } }, 'invalid_errors'],
    [
      'a block without input',
      { response_action: 'errors', errors: { d: 'No.' } },
      'invalid_errors',
    ],
    ['no errors', { response_action: 'errors', errors: {} }, 'invalid_errors'],
    [
      'errors that say nothing',
      { response_action: 'errors', errors: { name: '' } },
      'invalid_errors',
    ],
    ['an unknown action', { response_action: 'close' }, 'invalid_response_action'],
    ['no view', { response_action: 'update' }, 'invalid_arguments'],
    [
      'a broken view',
      { response_action: 'push', view: modal({ title: 'x' }) },
      'invalid_arguments',
    ],
    [
      'broken blocks',
      { response_action: 'update', view: modal({ blocks: [{ type: 'odd' }] }) },
      'invalid_arguments',
    ],
  ])('cannot be followed with %s, and the modal stays', async (_name, answer, error) => {
    await using bolt = await startBolt({}, mode);
    await openModal(bolt, modal({ blocks: [text('name'), { ...divider, block_id: 'd' }] }));
    expect(await answered(bolt, answer)).toMatchObject({ ok: false, error });
    expect(views(bolt)).toHaveLength(1);
  });

  it('that does not come keeps the modal', async () => {
    await using bolt = await startBolt({ ackTimeoutMs: 400 }, mode);
    const view_id = await openModal(bolt, modal());
    bolt.app.view('form', async () => {});
    const submit = bolt.slack.submit('@dana', view_id, { name: { typed: 'x' } });
    await expect(submit).rejects.toThrow('operation_timeout');
    expect(ids(bolt)).toEqual([view_id]);
  });
});

describe('a submission', () => {
  it.each([
    ['by somebody else', { user: '@luis' }, 'not_found'],
    ['of an unknown view', { view_id: 'V0' }, 'not_found'],
    ['with values of another shape', { values: { name: 'x' } }, 'invalid_arguments'],
  ])('%s is refused', async (_name, request, error) => {
    await using bolt = await startBolt();
    const view_id = await openModal(bolt, modal());
    const whole = { user: '@dana', view_id, values: {}, ...request };
    expect(await control(bolt.slack, 'submit', whole)).toMatchObject({ ok: false, error });
  });
});

describe('a Home tab', () => {
  const home = { type: 'home', blocks: [divider] };

  it.each([
    ['for an unknown person', { user_id: 'U0NOBODY' }, 'user_not_found'],
    ['for nobody', { user_id: '' }, 'user_not_found'],
    ['that is a modal', { view: modal() }, 'invalid_arguments'],
    [
      'with 101 blocks',
      { view: { ...home, blocks: Array(101).fill(divider) } },
      'invalid_arguments',
    ],
    ['with a hash before there was one', { hash: '1.x' }, 'hash_conflict'],
    ['for somebody else', { user_id: 'U0LUIS' }, 'not refused'],
  ])('%s', async (_name, args, expected) => {
    await using bolt = await startBolt();
    const whole = { user_id: 'U0DANA', view: home, ...args };
    expect(await refusal(call(bolt, 'views.publish', whole))).toBe(expected);
  });

  it('is not there for an app whose manifest has none', async () => {
    const { app_home: _, ...features } = appManifest.features;
    await using bolt = await startBolt({ manifest: { ...appManifest, features } });
    const publish = call(bolt, 'views.publish', { user_id: 'U0DANA', view: home });
    expect(await refusal(publish)).toBe('not_enabled');
  });

  it('comes along when it is opened again, each app with its own', async () => {
    await using bolt = await startBolt();
    const other = await bolt.install(appManifest);
    await bolt.app.client.views.publish({
      user_id: 'U0DANA',
      view: { ...home, callback_id: 'one' } as never,
    });
    await other.app.client.views.publish({
      user_id: 'U0DANA',
      view: { ...home, callback_id: 'two' } as never,
    });
    bolt.slack.openHome('@dana', 'home', other.id);
    await bolt.slack.until(() => payloadOf(bolt.slack, 'app_home_opened'));
    expect(payloadOf(bolt.slack, 'app_home_opened')).toMatchObject({
      api_app_id: other.id,
      event: { tab: 'home', view: { type: 'home', callback_id: 'two', app_id: other.id } },
    });
    expect(bolt.slack.state('@dana').homes.map((view) => view.callback_id)).toEqual(['one', 'two']);
  });
});

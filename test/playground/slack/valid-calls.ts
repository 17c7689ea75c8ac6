import type { WebClient } from '@slack/web-api';
import type { Slack } from '../../../playground/slack/server.ts';
import { clientOf } from './slack-fixture.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const option = { text: plain('a'), value: 'a' };
const url = 'https://x.test/a.png';
const image = { type: 'image', image_url: url, alt_text: 'a' };
const button = { type: 'button', text: plain('b'), action_id: 'b', value: 'v' };
const rich = {
  type: 'rich_text',
  elements: [
    { type: 'rich_text_section', elements: [{ type: 'text', text: 'x', style: { bold: true } }] },
  ],
};
const cell = { type: 'raw_text', text: 'a' };
const input = (element: object) => ({ type: 'input', label: plain('l'), element });

/** Blocks that may stand anywhere. */
const common = [
  { type: 'section', text: { type: 'mrkdwn', text: 'x' }, fields: [plain('f')], accessory: button },
  {
    type: 'actions',
    block_id: 'a',
    elements: [
      { type: 'static_select', options: [option], initial_option: option },
      { type: 'multi_static_select', option_groups: [{ label: plain('l'), options: [option] }] },
      { type: 'datepicker', initial_date: '2026-01-01' },
      { type: 'checkboxes', options: [option], initial_options: [option] },
    ],
  },
  { type: 'context', elements: [plain('c'), image] },
  { ...image, title: plain('t') },
  rich,
  { type: 'table', rows: [[cell, rich]], column_settings: [{ align: 'left' }] },
  input({ type: 'plain_text_input', min_length: 1, max_length: 5 }),
  input({ type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '2' }),
];
const blocks = [
  ...common,
  { type: 'markdown', text: 'x' },
  { type: 'data_table', caption: 'c', rows: [[cell], [cell]], page_size: 5 },
  {
    type: 'data_visualization',
    title: 't',
    chart: {
      type: 'bar',
      series: [{ name: 's', data: [{ label: 'a', value: 1 }] }],
      axis_config: { categories: ['a'] },
    },
  },
  {
    type: 'carousel',
    elements: [{ type: 'card', title: plain('t'), hero_image: image, actions: [button] }],
  },
  {
    type: 'plan',
    title: 't',
    tasks: [
      {
        type: 'task_card',
        task_id: 't',
        title: 'x',
        details: rich,
        sources: [{ type: 'url', url, text: 'x' }],
      },
    ],
  },
  { type: 'container', title: plain('x'), child_blocks: [{ type: 'divider' }] },
];
const chunks = [
  { type: 'markdown_text', text: 'x' },
  { type: 'plan_update', title: 'p' },
  { type: 'task_update', id: 'a', title: 't', status: 'complete', details: 'd', output: 'o' },
  { type: 'blocks', blocks: [{ type: 'divider' }] },
];
const attachments = [{ text: 'x', blocks: [{ type: 'actions', elements: [button] }] }];
const metadata = { event_type: 'e', event_payload: { a: 1 } };
const view = (type: string) => ({
  type,
  title: plain('t'),
  submit: plain('s'),
  private_metadata: 'x',
  blocks: common,
});

/** What calls refer to: each is made when it is asked for. */
class Things {
  readonly slack: Slack;
  readonly #client: WebClient;

  constructor(slack: Slack) {
    this.slack = slack;
    this.#client = clientOf(slack);
  }

  thread = () => this.slack.say('@dana', '#data', 'see https://x.test');
  own = async () => (await this.#client.chat.postMessage({ ...at, text: 'own' })).ts;
  stream = async () => {
    const start = { ...at, thread_ts: this.thread(), ...recipient, chunks };
    const started = await this.#client.apiCall('chat.startStream', start);
    return (started as { ts?: string }).ts;
  };
  home = async () => {
    const home = { user_id: 'U0DANA', view: view('home') };
    const published = await this.#client.apiCall('views.publish', home);
    return (published as { view?: { id: string } }).view?.id;
  };
  uploaded = async () => {
    const { file_id, upload_url } = await this.#client.files.getUploadURLExternal({
      filename: 'a.csv',
      length: 1,
    });
    await fetch(String(upload_url), { method: 'POST', body: 'x' });
    return String(file_id);
  };
  file = async () => {
    const id = await this.uploaded();
    await this.#client.files.completeUploadExternal({ files: [{ id }] });
    return id;
  };
}

const at = { channel: 'C0DATA' };
const recipient = { recipient_user_id: 'U0DANA', recipient_team_id: 'T0ACMEGOODS' };
const inThread = (things: Things) => ({ channel_id: 'C0DATA', thread_ts: things.thread() });
const group = { usergroup: 'S0ANALYSTS' };
const page = { limit: 2, cursor: '' };
const span = { oldest: '0', latest: '9999999999', inclusive: true, ...page };
const someTime = () => Math.floor(Date.now() / 1000) + 500;
const message = { ...at, text: 'x', blocks, attachments, metadata };

type Arguments = Record<string, unknown>;

/** Arguments that name everything a method takes; what cannot be undone is done elsewhere than in #data. */
const calls: Record<string, (things: Things) => Arguments | Promise<Arguments>> = {
  'agents.sessions.rename': (one) => ({ ...inThread(one), title: 'x' }),
  'agents.sessions.setStatus': (one) => ({
    ...inThread(one),
    status: 'processing',
    title: 'x',
    initiator_user_id: 'U0DANA',
  }),
  'api.test': () => ({ foo: 'bar' }),
  'assistant.threads.setStatus': (one) => ({
    ...inThread(one),
    status: 'x',
    loading_messages: ['x'],
  }),
  'assistant.threads.setSuggestedPrompts': (one) => ({
    ...inThread(one),
    title: 'x',
    prompts: [{ title: 'x', message: 'y' }],
  }),
  'assistant.threads.setTitle': (one) => ({ ...inThread(one), title: 'x' }),
  'auth.test': () => ({}),
  'blocks.validate': () => ({ blocks }),
  'bots.info': ({ slack }) => ({ bot: slack.bot.botId }),
  'chat.appendStream': async (one) => ({ ...at, ts: await one.stream(), chunks }),
  'chat.delete': async (one) => ({ ...at, ts: await one.own() }),
  'chat.deleteScheduledMessage': () => ({ ...at, scheduled_message_id: 'Q0' }),
  'chat.getPermalink': (one) => ({ ...at, message_ts: one.thread() }),
  'chat.meMessage': () => ({ ...at, text: 'x' }),
  'chat.postEphemeral': (one) => ({ ...message, user: 'U0DANA', thread_ts: one.thread() }),
  'chat.postMessage': (one) => ({
    ...message,
    thread_ts: one.thread(),
    reply_broadcast: true,
    username: 'x',
    icon_emoji: ':x:',
    parse: 'full',
  }),
  'chat.scheduleMessage': () => ({ ...message, post_at: someTime() }),
  'chat.scheduledMessages.list': () => ({ ...at, oldest: 1, latest: someTime(), ...page }),
  'chat.startStream': (one) => ({
    ...at,
    thread_ts: one.thread(),
    ...recipient,
    chunks,
    task_display_mode: 'plan',
  }),
  'chat.stopStream': async (one) => ({
    ...at,
    ts: await one.stream(),
    chunks,
    blocks: common,
    metadata,
    session_status: 'active',
  }),
  'chat.unfurl': (one) => ({
    ...at,
    ts: one.thread(),
    unfurls: { 'https://x.test': { text: 'x', blocks: common } },
  }),
  'chat.update': async (one) => ({
    ...message,
    ts: await one.own(),
    file_ids: [await one.file()],
  }),
  'conversations.archive': () => ({ channel: 'C0PARTNERS' }),
  'conversations.close': () => ({ channel: 'D0DANA' }),
  'conversations.create': () => ({ name: 'new-one', is_private: true }),
  'conversations.history': () => ({ ...at, ...span, include_all_metadata: true }),
  'conversations.info': () => ({ ...at, include_locale: true, include_num_members: true }),
  'conversations.invite': () => ({ ...at, users: 'U0GWEN,U0STEFAN', force: true }),
  'conversations.join': () => ({ channel: 'C0RANDOM' }),
  'conversations.kick': () => ({ ...at, user: 'U0LUIS' }),
  'conversations.leave': () => ({ channel: 'C0RANDOM' }),
  'conversations.list': () => ({ types: 'im,mpim', exclude_archived: true, ...page }),
  'conversations.mark': (one) => ({ ...at, ts: one.thread() }),
  'conversations.members': () => ({ ...at, ...page }),
  'conversations.open': () => ({ users: 'U0DANA,U0LUIS', return_im: true }),
  'conversations.rename': () => ({ ...at, name: 'other' }),
  'conversations.replies': (one) => ({ ...at, ts: one.thread(), ...span }),
  'conversations.setPurpose': () => ({ ...at, purpose: 'x' }),
  'conversations.setTopic': () => ({ ...at, topic: 'x' }),
  'conversations.unarchive': () => ({ channel: 'C0PARTNERS' }),
  'files.completeUploadExternal': async (one) => ({
    files: [{ id: await one.uploaded(), title: 't' }],
    ...inThread(one),
    initial_comment: 'x',
    blocks: common,
  }),
  'files.delete': async (one) => ({ file: await one.file() }),
  'files.getUploadURLExternal': () => ({
    filename: 'a',
    length: 5,
    alt_txt: 'x',
    snippet_type: 'csv',
  }),
  'files.info': async (one) => ({ file: await one.file() }),
  'files.list': () => ({ ...at, user: 'U0DANA', ts_from: 0, types: 'all', count: 1, page: 1 }),
  'reactions.add': (one) => ({ ...at, timestamp: one.thread(), name: 'eyes' }),
  'reactions.get': (one) => ({ ...at, timestamp: one.thread(), full: true }),
  'reactions.list': () => ({ user: 'U0DANA', ...page }),
  'reactions.remove': (one) => ({ ...at, timestamp: one.thread(), name: 'eyes' }),
  'team.info': () => ({ team: 'T0ACMEGOODS' }),
  'usergroups.create': () => ({ name: 'New', handle: 'new', description: 'd', channels: 'C0DATA' }),
  'usergroups.disable': () => group,
  'usergroups.enable': () => group,
  'usergroups.list': () => ({ include_users: true, include_disabled: true }),
  'usergroups.update': () => ({ ...group, name: 'A', handle: 'a', channels: 'C0DATA' }),
  'usergroups.users.list': () => ({ ...group, include_disabled: true }),
  'usergroups.users.update': () => ({ ...group, users: 'U0DANA' }),
  'users.conversations': () => ({ user: 'U0DANA', types: 'im', ...page }),
  'users.getPresence': () => ({ user: 'U0DANA' }),
  'users.info': () => ({ user: 'U0DANA', include_locale: true }),
  'users.list': () => page,
  'users.lookupByEmail': () => ({ email: 'dana@acme-goods.example' }),
  'users.profile.get': () => ({ user: 'U0DANA' }),
  'views.open': () => ({ trigger_id: '1.2.3', view: view('modal') }),
  'views.publish': () => ({ user_id: 'U0DANA', view: view('home') }),
  'views.push': () => ({ trigger_id: '1.2.3', view: view('modal') }),
  'views.update': async (one) => ({ view_id: await one.home(), hash: '', view: view('home') }),
};

/** The methods that `argumentsOf` knows. */
export const knownMethods = Object.keys(calls);

/** Good arguments for a method, which tests may spoil. */
export const argumentsOf = async (slack: Slack, method: string): Promise<Arguments> =>
  (await calls[method]?.(new Things(slack))) ?? {};

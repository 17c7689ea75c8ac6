import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { safeName } from '../../../playground/slack/files/file-types.ts';
import { imageSize } from '../../../playground/slack/files/image-size.ts';
import type { Slack } from '../../../playground/slack/server.ts';
import { control } from './bolt-fixture.ts';
import { appManifest, clientOf, refusal, start } from './slack-fixture.ts';

const withEvents = (...bot_events: string[]) => ({
  ...appManifest,
  settings: { event_subscriptions: { bot_events } },
});

const png = (width: number, height: number) => {
  const bytes = Buffer.alloc(33);
  bytes.write('\x89PNG\r\n\x1a\n', 'latin1');
  bytes.write('IHDR', 12, 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
};
const gif = (width: number, height: number) => {
  const bytes = Buffer.from('GIF89a\0\0\0\0;', 'latin1');
  bytes.writeUInt16LE(width, 6);
  bytes.writeUInt16LE(height, 8);
  return bytes;
};
const jpeg = (width: number, height: number, marker = 0xc2) => {
  const frame = Buffer.from([0xff, marker, 0, 11, 8, 0, 0, 0, 0, 1, 0, 0, 0]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  const tables = Buffer.from([0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc4, 0, 3, 9]);
  return Buffer.concat([Buffer.from([0xff, 0xd8]), tables, frame]);
};

let slack: Slack;
beforeAll(async () => {
  slack = await start();
});
afterAll(() => slack.close());

const put = async (url: string, body: BodyInit) =>
  (await fetch(url, { method: 'POST', body })).status;

/** Uploads as an app does, and leaves the last step out. */
async function uploaded(name = 'a.txt', bytes: Buffer = Buffer.from('abc'), more: object = {}) {
  const { file_id, upload_url } = await clientOf(slack).files.getUploadURLExternal({
    filename: name,
    length: bytes.length,
    ...more,
  });
  expect(await put(String(upload_url), new Uint8Array(bytes))).toBe(200);
  return String(file_id);
}

const complete = (args: Record<string, unknown>) =>
  clientOf(slack).apiCall('files.completeUploadExternal', args) as Promise<{
    files?: Record<string, unknown>[];
  }>;

describe('announcing a file', () => {
  const announce = (args: object) =>
    refusal(clientOf(slack).apiCall('files.getUploadURLExternal', { filename: 'a.txt', ...args }));

  it.each([
    ['no length', {}, 'missing_argument'],
    ['no bytes', { length: 0 }, 'missing_argument'],
    ['half a byte', { length: 1.5 }, 'missing_argument'],
    ['a length that is none', { length: 'many' }, 'missing_argument'],
    ['one byte', { length: 1 }, 'not refused'],
    ['as much as the playground keeps', { length: 64 * 1024 ** 2 }, 'not refused'],
    ['more than that', { length: 64 * 1024 ** 2 + 1 }, 'file_upload_size_restricted'],
    ['more than Slack takes', { length: 1024 ** 3 + 1 }, 'file_upload_size_restricted'],
    ['a snippet of 1 MB', { length: 1024 ** 2, snippet_type: 'python' }, 'not refused'],
    ['a larger snippet', { length: 1024 ** 2 + 1, snippet_type: 'python' }, 'snippet_too_large'],
    ['a description', { length: 1, alt_text: 'x'.repeat(1_000) }, 'not refused'],
    ['a long description', { length: 1, alt_txt: 'x'.repeat(1_001) }, 'alt_txt_too_large'],
    ['no name', { length: 1, filename: '' }, 'invalid_arguments'],
  ])('with %s', async (_name, args, expected) => {
    expect(await announce(args)).toBe(expected);
  });

  it('knows no limits but memory when sizes are off', async () => {
    await using free = await start({ limits: { sizes: false } });
    const large = {
      filename: 'a',
      length: 1024 ** 2 + 1,
      snippet_type: 'c',
      alt_text: 'x'.repeat(2_000),
    };
    expect(await refusal(clientOf(free).files.getUploadURLExternal(large))).toBe('not refused');
  });
});

describe('uploading', () => {
  it('takes a form with one file as well as bytes', async () => {
    const { file_id, upload_url } = await clientOf(slack).files.getUploadURLExternal({
      filename: 'a.txt',
      length: 3,
    });
    const form = new FormData();
    form.set('filename', new Blob(['abc']), 'a.txt');
    expect(await put(String(upload_url), form)).toBe(200);
    expect(await refusal(complete({ files: [{ id: file_id }] }))).toBe('not refused');
  });

  it('through the SDK brings name, title, description and picture size into the message', async () => {
    await clientOf(slack).filesUploadV2({
      channel_id: 'C0DATA',
      initial_comment: 'two of them',
      file_uploads: [
        { file: png(2000, 500), filename: 'chart.png', title: 'Sales', alt_text: 'A line' },
        { content: 'a,b', filename: 'rows.csv' },
      ],
    });
    const message = await slack.waitFor({ channel: '#data', matches: 'two of them' });
    expect(message.files).toMatchObject([
      {
        name: 'chart.png',
        title: 'Sales',
        alt_txt: 'A line',
        mimetype: 'image/png',
        pretty_type: 'PNG',
        mode: 'hosted',
        is_public: true,
        original_w: 2000,
        original_h: 500,
        thumb_64: expect.stringContaining('/files/'),
        thumb_360_w: 360,
        thumb_360_h: 90,
        thumb_1024_w: 1024,
      },
      { name: 'rows.csv', filetype: 'csv', size: 3 },
    ]);
  });
});

describe('finishing an upload', () => {
  it.each<[string, (id: string) => Record<string, unknown>, string]>([
    ['without files', () => ({ files: [] }), 'invalid_arguments'],
    ['with a file that is none', () => ({ files: ['x'] }), 'invalid_arguments'],
    [
      'with an unknown file beside a good one',
      (id) => ({ files: [{ id }, { id: 'F0' }] }),
      'file_not_found',
    ],
    ['with a file twice', (id) => ({ files: [{ id }, { id }] }), 'file_not_found'],
    ['in an unknown channel', (id) => ({ files: [{ id }], channel_id: 'C0' }), 'channel_not_found'],
    [
      'in a private channel of others',
      (id) => ({ files: [{ id }], channel_id: 'G0LEADERS' }),
      'channel_not_found',
    ],
    [
      'in a channel without the bot',
      (id) => ({ files: [{ id }], channel_id: 'C0RANDOM' }),
      'not_in_channel',
    ],
    [
      'in no thread',
      (id) => ({ files: [{ id }], channel_id: 'C0DATA', thread_ts: '1.0' }),
      'thread_not_found',
    ],
    [
      'in a thread of two channels',
      (id) => ({ files: [{ id }], channels: 'C0DATA,C0GENERAL', thread_ts: '1.0' }),
      'invalid_arguments',
    ],
    [
      'in 101 channels',
      (id) => ({
        files: [{ id }],
        channels: Array.from({ length: 101 }, (_, i) => `C${i}`).join(),
      }),
      'channels_limit_exceeded',
    ],
    [
      'with broken blocks',
      (id) => ({ files: [{ id }], channel_id: 'C0DATA', blocks: [{ type: 'odd' }] }),
      'invalid_blocks',
    ],
  ])('%s is refused, and can be repeated', async (_name, build, error) => {
    const id = await uploaded();
    const before = slack.messages('#data').length;
    expect(await refusal(complete(build(id)))).toBe(error);
    expect(slack.messages('#data')).toHaveLength(before);
    expect(await refusal(complete({ files: [{ id }] }))).toBe('not refused');
  });

  it('is done once', async () => {
    const id = await uploaded();
    expect(await refusal(complete({ files: [{ id }] }))).toBe('not refused');
    expect(await refusal(complete({ files: [{ id }] }))).toBe('file_not_found');
  });

  it('shares into several channels and a DM, with blocks when there is no comment', async () => {
    const id = await uploaded();
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'look' } }];
    const { files } = await complete({ files: [{ id }], channels: 'G0FINANCE, U0DANA', blocks });
    expect(files).toMatchObject([{ id, is_public: false, shares: { public: {}, private: {} } }]);
    const { file } = await clientOf(slack).files.info({ file: id });
    expect(file).toMatchObject({
      channels: [],
      groups: ['G0FINANCE'],
      ims: ['D0DANA'],
      shares: { private: { G0FINANCE: [{}], D0DANA: [{}] } },
    });
    expect(slack.messages('#finance').at(-1)?.blocks).toMatchObject(blocks);
  });

  it('prefers the comment to blocks', async () => {
    const id = await uploaded();
    const blocks = [{ type: 'divider' }];
    await complete({ files: [{ id }], channel_id: 'C0GENERAL', initial_comment: 'hi', blocks });
    const message = slack.messages('#general').at(-1);
    expect([message?.text, message?.blocks]).toEqual(['hi', undefined]);
  });

  it('belongs to the app that began it', async () => {
    const other = slack.install(appManifest);
    const id = await uploaded();
    const client = clientOf(slack, { headers: {} });
    const call = client.apiCall('files.completeUploadExternal', {
      token: other.env.SLACK_BOT_TOKEN,
      files: [{ id }],
    });
    expect(await refusal(call)).toBe('file_not_found');
  });
});

describe('a download', () => {
  const read = async (url: string, token?: string) => {
    const headers = token ? { authorization: `Bearer ${token}` } : {};
    const response = await fetch(url, { headers });
    return [response.status, await response.text()];
  };
  const login = [200, expect.stringContaining('Sign in')];

  it('needs a token that may read: of an app with the scope, where the file is', async () => {
    await using slack = await start();
    const other = slack.install(appManifest);
    const unscoped = slack.install({ oauth_config: { scopes: { bot: ['chat:write'] } } });
    slack.say('@dana', 'dm', 'private', { files: [{ name: 'x.txt', content: 'secret' }] });
    const { url_private_download: url = '' } =
      slack.messages('dm', { user: '@dana' })[0]?.files?.[0] ?? {};
    const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN } = slack.env;
    expect(await read(url, SLACK_BOT_TOKEN)).toEqual([200, 'secret']);
    expect(await read(url)).toEqual(login);
    expect(await read(url, SLACK_APP_TOKEN)).toEqual(login);
    expect(await read(url, 'xoxb-nobody')).toEqual(login);
    expect(await read(url, other.env.SLACK_BOT_TOKEN)).toEqual(login);
    slack.say('@dana', '#data', 'open', { files: [{ name: 'y.txt', content: 'public' }] });
    const open = slack.messages('#data')[0]?.files?.[0]?.url_private ?? '';
    expect(await read(open, other.env.SLACK_BOT_TOKEN)).toEqual([200, 'public']);
    expect(await read(open, unscoped.env.SLACK_BOT_TOKEN)).toEqual(login);
    slack.limits({ scopes: false });
    expect(await read(open, unscoped.env.SLACK_BOT_TOKEN)).toEqual([200, 'public']);
  });

  it('of nothing is not found', async () => {
    expect(await read(`${slack.url}/files/F0/a`, slack.env.SLACK_BOT_TOKEN)).toEqual([
      404,
      'file_not_found',
    ]);
  });

  it.each([
    ['picture.png', 'image/png', 'inline'],
    ['picture.svg', 'image/svg+xml', 'attachment'],
    ['page.html', 'text/html', 'attachment'],
    ['rows.csv', 'text/csv', 'attachment'],
    ['unknown', 'application/octet-stream', 'attachment'],
  ])('by the page runs nothing: %s', async (name, mimetype, disposition) => {
    const { id } = slack.upload('@dana', name, '<script>alert(1)</script>');
    const { headers } = await fetch(`${slack.url}/control/file?id=${id}`);
    expect(headers.get('content-type')).toBe(mimetype);
    expect(headers.get('content-disposition')).toBe(`${disposition}; filename*=UTF-8''${name}`);
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('a person’s upload', () => {
  const upload = async (query: Record<string, string>, body: BodyInit = 'a,b') => {
    const url = `${slack.url}/control/upload?${new URLSearchParams(query)}`;
    return (await fetch(url, { method: 'POST', body })).json();
  };

  it('waits until it is sent', async () => {
    const { file } = await upload({ user: '@dana', name: 'rows.csv' }, new Uint8Array([0, 255]));
    expect(file).toMatchObject({ name: 'rows.csv', size: 2, user: 'U0DANA' });
    expect(await refusal(clientOf(slack).files.info({ file: file.id }))).toBe('file_not_found');
    const said = { user: '@dana', channel: '#data', text: '', file_ids: [file.id] };
    expect(await control(slack, 'say', said)).toMatchObject({ ok: true });
    expect(slack.messages('#data').at(-1)).toMatchObject({ text: '', files: [{ id: file.id }] });
    expect((await clientOf(slack).files.info({ file: file.id })).file?.user).toBe('U0DANA');
    const stolen = { ...said, user: '@luis' };
    expect(await control(slack, 'say', stolen)).toMatchObject({ error: 'file_not_found' });
  });

  it.each<[string, Record<string, string>, string, string]>([
    ['of nobody', { name: 'a' }, 'x', 'user_not_found'],
    ['of somebody who left', { user: '@walt', name: 'a' }, 'x', 'account_inactive'],
    ['without a name', { user: '@dana' }, 'x', 'missing_argument'],
    ['of nothing', { user: '@dana', name: 'a' }, '', 'missing_argument'],
  ])('%s is refused', async (_name, query, body, error) => {
    expect(await upload(query, body)).toMatchObject({ ok: false, error });
  });

  it('from another site is refused', async () => {
    const url = `${slack.url}/control/upload?user=@dana&name=a`;
    const headers = { origin: 'https://evil.example' };
    expect((await fetch(url, { method: 'POST', body: 'x', headers })).status).toBe(403);
  });
});

describe('events of files', () => {
  it('go to the apps of the channel', async () => {
    const manifest = withEvents('file_created', 'file_public', 'file_shared', 'file_deleted');
    await using slack = await start({ manifest, redeliveryMs: [] });
    const client = clientOf(slack);
    await client.filesUploadV2({ channel_id: 'C0DATA', filename: 'a.txt', content: 'abc' });
    const { id = '' } = slack.messages('#data')[0]?.files?.[0] ?? {};
    slack.say('@dana', 'dm', 'x', { files: [{ name: 'b.txt', content: 'b' }] });
    const own = slack.messages('dm', { user: '@dana' })[0]?.files?.[0]?.id;
    await client.files.delete({ file: id });
    const events = slack.deliveries().map(({ body }) => body.event);
    const file = { file_id: id, user_id: slack.bot.userId, file: { id } };
    const second = { file_id: own, user_id: 'U0DANA' };
    expect(events).toMatchObject([
      { type: 'file_created', ...file },
      { type: 'file_public', ...file },
      { type: 'file_shared', ...file, channel_id: 'C0DATA' },
      { type: 'file_created', ...second },
      { type: 'file_shared', ...second, channel_id: 'D0DANA' },
      { type: 'file_deleted', file_id: id, channel_ids: ['C0DATA'] },
    ]);
  });

  it('of somebody from outside bring stubs: the details are asked for', async () => {
    await using slack = await start({ manifest: withEvents('message.channels'), redeliveryMs: [] });
    slack.say('@stefan', '#acme-northwind', 'see', { files: [{ name: 'a.txt', content: 'abc' }] });
    const { id } = slack.messages('#acme-northwind')[0]?.files?.[0] ?? {};
    const [delivery] = slack.deliveries();
    const stub = { id, mode: 'file_access', file_access: 'check_file_info' };
    expect(delivery).toMatchObject({ body: { event: { files: [stub] } } });
    expect(delivery).not.toHaveProperty('body.event.files.0.name');
    const { file } = await clientOf(slack).files.info({ file: String(id) });
    expect(file).toMatchObject({ name: 'a.txt', mode: 'hosted' });
  });
});

describe('deleting and listing', () => {
  it('takes away the app’s own file, and only that', async () => {
    const id = await uploaded();
    await complete({ files: [{ id }], channel_id: 'C0GENERAL', initial_comment: 'soon gone' });
    await clientOf(slack).files.delete({ file: id });
    expect(await refusal(clientOf(slack).files.delete({ file: id }))).toBe('file_not_found');
    const message = await slack.waitFor({ channel: '#general', matches: 'soon gone' });
    expect(message.files).toMatchObject([{ id, mode: 'tombstone' }]);
    slack.say('@dana', '#general', 'mine', { files: [{ name: 'a', content: 'x' }] });
    const own = slack.messages('#general').at(-1)?.files?.[0]?.id ?? '';
    expect(await refusal(clientOf(slack).files.delete({ file: own }))).toBe('cant_delete_file');
  });

  it('lists what the app may read, newest first, by kind, channel and person', async () => {
    await using slack = await start();
    const client = clientOf(slack);
    await client.filesUploadV2({ channel_id: 'C0DATA', filename: 'a.png', file: png(1, 1) });
    await client.filesUploadV2({ channel_id: 'C0GENERAL', filename: 'b.csv', content: 'b' });
    slack.say('@dana', '#data', 'x', { files: [{ name: 'c.pdf', content: 'c' }] });
    slack.upload('@dana', 'unsent.txt', 'x');
    slack.say('@dana', '#leadership', 'x', { files: [{ name: 'secret.txt', content: 'x' }] });
    const names = async (args: object) =>
      (await client.files.list(args)).files?.map(({ name }) => name);
    expect(await names({})).toEqual(['c.pdf', 'b.csv', 'a.png']);
    expect(await names({ count: 2, page: 2 })).toEqual(['a.png']);
    expect(await names({ types: 'images,pdfs' })).toEqual(['c.pdf', 'a.png']);
    expect(await names({ channel: 'C0GENERAL' })).toEqual(['b.csv']);
    expect(await names({ user: 'U0DANA' })).toEqual(['c.pdf']);
    expect(await names({ ts_to: '1000000000' })).toEqual([]);
    expect(await refusal(client.files.list({ types: 'songs' }))).toBe('unknown_type');
  });
});

describe('the size of a picture', () => {
  it.each([
    ['PNG', png(640, 480), { width: 640, height: 480 }],
    ['GIF', gif(3, 65_535), { width: 3, height: 65_535 }],
    ['JPEG', jpeg(300, 200), { width: 300, height: 200 }],
    ['a JPEG without a frame', jpeg(1, 1, 0xda), undefined],
    ['a PNG that was cut', png(1, 1).subarray(0, 23), undefined],
    ['a JPEG that was cut', jpeg(1, 1).subarray(0, 18), undefined],
    [
      'a JPEG whose lengths lie',
      Buffer.from([255, 216, 255, 224, 255, 255, 0, 0, 0, 0, 0]),
      undefined,
    ],
    ['text', Buffer.from('hello, world'), undefined],
    ['nothing', Buffer.alloc(0), undefined],
  ])('of %s', (_name, bytes, size) => {
    expect(imageSize(bytes)).toEqual(size);
  });
});

describe('a file’s name', () => {
  it.each([
    ['rows.csv', 'rows.csv'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Temp\\a.txt', 'a.txt'],
    ['a\0b\r\n.txt', 'ab.txt'],
    ['gnp.\u202Eexe.png', 'gnp.exe.png'],
    ['..', 'file'],
    ['dir/', 'file'],
    ['Übersicht 2026 📈.csv', 'Übersicht 2026 📈.csv'],
    ['half\uD800.txt', 'half\uFFFD.txt'],
    [`${'x'.repeat(251)}.csv`, `${'x'.repeat(251)}.csv`],
    [`${'x'.repeat(252)}.csv`, `${'x'.repeat(251)}.csv`],
  ])('is made safe: %j', (name, expected) => {
    expect(safeName(name)).toBe(expected);
  });
});

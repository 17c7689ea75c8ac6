import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type S3StandIn, startS3 } from '../../../playground/s3/start-s3.ts';
import { openClient, type ToolClient } from './open-client.ts';

let site: S3StandIn;
let tools: ToolClient;

const story = Array.from({ length: 3000 }, (_, i) => `Zeile ${i + 1}: grüße €😀`).join('\n');
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100, 7)]);

const objects: Record<string, string | Uint8Array> = {
  'story.txt': story,
  'story.txt.gz': gzipSync(story),
  'story.txt.zst': zstdCompressSync(story),
  'story-utf16.txt': Buffer.from(`\ufeff${story}`, 'utf16le'),
  'latin.txt': Buffer.from('Größe: zwölf\n', 'latin1'),
  'sjis.txt': Buffer.from([0x93, 0xfa, 0x96, 0x7b]),
  'empty.txt': '',
  'empty.gz': gzipSync(''),
  'logo.png': png,
  'logo.png.gz': gzipSync(png),
  'huge.png': Buffer.concat([png, Buffer.alloc(1_000_000)]),
  'noise.bin': Buffer.from(Array.from({ length: 1000 }, (_, i) => (i * 167) % 256)),
  'cut.gz': gzipSync(story).subarray(0, 500),
  'bomb.gz': gzipSync(Buffer.alloc(100_000_000, 'a')),
  'oneline.json': `"${'x'.repeat(100_000)}"`,
  'quotes.txt': '"\\"\n'.repeat(20_000),
  'data.parquet': Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(20), Buffer.from('PAR1')]),
};

beforeAll(async () => {
  site = await startS3();
  site.makeBucket('acme');
  site.makeBucket('kept', { versioned: true });
  for (const [key, body] of Object.entries(objects)) site.put('acme', key, body);
  tools = await openClient(site.env);
});
afterEach(() => site.heal());
afterAll(async () => {
  await tools[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

const read = (key: string, args: Record<string, unknown> = {}) =>
  tools.ask('read_object', { bucket: 'acme', key, ...args });
const sentBytes = () => site.requests.reduce((sum, { bytesSent }) => sum + bytesSent, 0);

describe('text', () => {
  it.each(['story.txt', 'story.txt.gz', 'story.txt.zst', 'story-utf16.txt'])(
    'of %s comes whole, page by page, with no character cut',
    async (key) => {
      let text = '';
      let page: Record<string, unknown> = { next_offset: 0 };
      for (let pages = 0; page.next_offset !== undefined && pages < 100; pages++) {
        const { next_offset: offset, etag } = page;
        page = await read(key, { offset, length: 20_011, ...(etag ? { if_match: etag } : {}) });
        expect(page.truncated).toBe(page.next_offset !== undefined);
        text += page.text;
      }
      expect(text).toBe(story);
    },
  );

  it('is asked for by range, and no more of it than is wanted', async () => {
    site.requests.length = 0;
    await read('story.txt', { length: 5000 });
    expect(site.requests.map(({ headers }) => headers.range)).toEqual(['bytes=0-4999']);
    site.requests.length = 0;
    await read('story.txt', { offset: 50_000, length: 5000 });
    expect(sentBytes()).toBe(4096 + 5000);
    expect(site.requests[1]?.headers['if-match']).toBeDefined();
  });

  it('tells how to go on', async () => {
    const { next_offset, etag, notes } = await read('story.txt');
    expect(notes).toEqual([`More follows: offset ${next_offset}, if_match ${etag}.`]);
  });

  it.each([
    [{}, 20_000],
    [{ length: 40_000 }, 48_000],
    [{ length: 1e9 }, 48_000],
  ])('with %j stays within its size, however much it grows as JSON', async (args, most) => {
    const page = await read('quotes.txt', args);
    expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(most);
    expect(page.text).toBe('"\\"\n'.repeat(20_000).slice(0, Number(page.next_offset)));
  });

  it('comes as far as an answer goes when more is wanted', async () => {
    site.requests.length = 0;
    const page = await read('oneline.json', { length: 1e6 });
    expect(page).toMatchObject({ next_offset: 40_000, truncated: true });
    expect(String(page.notes)).toContain('40000 bytes are the most in one answer');
    expect(sentBytes()).toBe(40_000);
    const short = await read('latin.txt', { length: 1e6 });
    expect(String(short.notes)).not.toContain('the most');
  });

  it.each([
    ['latin.txt', {}, 'Größe: zwölf\n', 'windows-1252'],
    ['sjis.txt', { encoding: 'Shift_JIS' }, '日本', 'shift_jis'],
    ['latin.txt', { encoding: 'iso-8859-1' }, 'Größe: zwölf\n', 'windows-1252'],
    ['empty.txt', {}, '', 'utf-8'],
    ['empty.gz', {}, '', 'utf-8'],
  ])('of %s with %j is decoded', async (key, args, text, encoding) => {
    expect(await read(key, args)).toMatchObject({ kind: 'text', text, encoding });
  });

  it('says when an encoding is a guess', async () => {
    expect(String((await read('latin.txt')).notes)).toContain('The encoding is a guess');
  });

  it.each([
    [
      'story.txt',
      { offset: 10_000_000 },
      /^INVALID_ARGUMENT: offset 10000000 .*Why: the object has \d+ bytes/,
    ],
    ['empty.txt', { offset: 5 }, /^INVALID_ARGUMENT: offset 5 .*Why: the object is empty/],
    ['story.txt.gz', { offset: 10_000_000 }, /^INVALID_ARGUMENT: offset 10000000 .*when inflated/],
    [
      'cut.gz',
      { mode: 'tail' },
      /^INVALID_ARGUMENT: the gzip data is damaged or cut.*decompress false/,
    ],
    ['story.txt', { encoding: 'klingon' }, /^INVALID_ARGUMENT: there is no such encoding/],
    [
      'story.txt',
      { mode: 'lines', start_line: 9999 },
      /^INVALID_ARGUMENT: there is no line 9999.*3000 lines/,
    ],
    ['bomb.gz', { mode: 'lines', start_line: 2 }, /^TOO_LARGE: line 2 .*first 64 MB/],
  ])('of %s with %j is refused', async (key, args, message) => {
    expect(await tools.refusal('read_object', { bucket: 'acme', key, ...args })).toMatch(message);
  });

  it('of a bomb is inflated no further than is wanted', async () => {
    const page = await read('bomb.gz', { offset: 1_000_000, length: 10 });
    expect(page).toMatchObject({ text: 'aaaaaaaaaa', next_offset: 1_000_010 });
  });
});

describe('lines', () => {
  it.each(['story.txt', 'story.txt.gz', 'story-utf16.txt'])(
    'of %s are counted from 1',
    async (key) => {
      const page = await read(key, { mode: 'lines', start_line: 2999, line_count: 5 });
      expect(page).toMatchObject({
        text: 'Zeile 2999: grüße €😀\nZeile 3000: grüße €😀',
        lines: { start: 2999, count: 2 },
        truncated: false,
      });
    },
  );

  it('go on where the answer was full', async () => {
    const page = await read('story.txt', { mode: 'lines', line_count: 1e6 });
    const { next, count } = page.lines as { next: number; count: number };
    expect(next).toBe(count + 1);
    expect(page.truncated).toBe(true);
    expect(String(page.notes)).toContain(`start_line ${next}, if_match`);
  });

  it('that are too long are cut with what is missing', async () => {
    const { text } = await read('oneline.json', { mode: 'lines' });
    expect(text).toMatch(/x…\(\+92002 chars\)$/);
  });
});

describe('the tail', () => {
  it.each(['story.txt', 'story.txt.gz', 'story-utf16.txt'])(
    'of %s is its last lines',
    async (key) => {
      const page = await read(key, { mode: 'tail', line_count: 2 });
      expect(page.text).toBe('Zeile 2999: grüße €😀\nZeile 3000: grüße €😀');
      expect(page.truncated).toBe(true);
    },
  );

  it('is read from the end only', async () => {
    site.requests.length = 0;
    await read('story.txt', { mode: 'tail', length: 1000 });
    expect(sentBytes()).toBe(4096 + 1000);
  });

  it('of nothing is nothing', async () => {
    for (const key of ['empty.txt', 'empty.gz'])
      expect(await read(key, { mode: 'tail' })).toMatchObject({ text: '', truncated: false });
  });

  it('of one long line is its end', async () => {
    const { text } = await read('oneline.json', { mode: 'tail' });
    expect(text).toMatch(/^x{1000,}"$/);
  });
});

describe('what is no text', () => {
  it('comes as a picture when it is one', async () => {
    const { content, structuredContent } = await tools.call('read_object', {
      bucket: 'acme',
      key: 'logo.png',
    });
    expect(structuredContent).toMatchObject({ kind: 'image', content_type: 'image/png' });
    expect(content[1]).toEqual({
      type: 'image',
      mimeType: 'image/png',
      data: png.toString('base64'),
    });
  });

  it.each(['huge.png', 'logo.png.gz'])('of %s no picture is made', async (key) => {
    const { content, structuredContent } = await tools.call('read_object', { bucket: 'acme', key });
    expect(structuredContent).toMatchObject({ kind: 'image', truncated: true });
    expect(content).toHaveLength(1);
  });

  it.each([
    ['noise.bin', /This is no text\. mode binary/],
    ['data.parquet', /This is Parquet, not text\. preview_table_object reads it/],
  ])('of %s is told, with a way on', async (key, note) => {
    const answer = await read(key);
    expect(answer).toMatchObject({ kind: 'binary', truncated: true });
    expect(String(answer.notes)).toMatch(note);
  });

  it('comes as bytes when asked for', async () => {
    const page = await read('noise.bin', { mode: 'binary', offset: 10, length: 20 });
    expect(page).toMatchObject({ kind: 'binary', range: { start: 10, end: 30 }, next_offset: 30 });
    const expected = Buffer.from(objects['noise.bin'] ?? '').subarray(10, 30);
    expect(Buffer.from(String(page.base64), 'base64')).toEqual(expected);
  });

  it('is not inflated when it is not to be', async () => {
    const page = await read('story.txt.gz', { decompress: false, mode: 'binary', length: 2 });
    expect(Buffer.from(String(page.base64), 'base64').toString('hex')).toBe('1f8b');
  });
});

describe('versions', () => {
  it('are read as they were', async () => {
    const { versionId } = site.put('kept', 'a', 'one');
    site.put('kept', 'a', 'two');
    const old = await tools.ask('read_object', { bucket: 'kept', key: 'a', version_id: versionId });
    expect(old).toMatchObject({ text: 'one', version_id: versionId });
  });

  it('never mix: an object that was replaced is a conflict', async () => {
    const { etag } = site.put('acme', 'moving.txt', 'a'.repeat(20_000));
    site.put('acme', 'moving.txt', 'b'.repeat(20_000));
    const args = { bucket: 'acme', key: 'moving.txt', if_match: etag };
    expect(await tools.refusal('read_object', args)).toMatch(/^CONFLICT: .*reading it again/);
  });

  it('that are gone say where the others are', async () => {
    site.put('kept', 'gone', 'x');
    site.remove('kept', 'gone');
    const text = await tools.refusal('read_object', { bucket: 'kept', key: 'gone' });
    expect(text).toMatch(/^NOT_FOUND: .*has been deleted.*list_object_versions/);
  });

  it('that never were are not found', async () => {
    const args = { bucket: 'kept', key: 'a', version_id: 'nope' };
    expect(await tools.refusal('read_object', args)).toMatch(/^NOT_FOUND: .*no such version/);
  });
});

it.each([
  [{ bucket: 's3://acme/x' }, /bucket: is a bare name/],
  [{ bucket: '../etc' }, /bucket: is no bucket name/],
  [{ bucket: 'a' }, /bucket: is no bucket name/],
  [{ key: '' }, /key: is empty/],
  [{ key: 'a/../../b' }, /"\.\." between slashes/],
  [{ key: './b' }, /between slashes/],
  [{ key: 'x'.repeat(1025) }, /1024 bytes/],
  [{ key: 'é'.repeat(513) }, /1024 bytes/],
  [{ key: 'a\0b' }, /no key can have/],
  [{ key: '\ud800' }, /no key can have/],
  [{ key: 7 }, /key: expected string/],
  [{ version_id: 'a b' }, /version_id: is no version id/],
  [{ if_match: 'a\r\nx: y' }, /if_match: is no etag/],
  [{ offset: -1 }, /offset/],
  [{ length: 0 }, /length/],
  [{ mode: 'all' }, /mode/],
])('refuses %j in a sentence', async (args, message) => {
  const text = await tools.refusal('read_object', { bucket: 'acme', key: 'story.txt', ...args });
  expect(text).toMatch(/^INVALID_ARGUMENT: /);
  expect(text).toMatch(message);
});

it.each([
  'a b+c&d=e?f#g.txt',
  'Ünï/漢字😀.txt',
  'it\'s "quoted" (1).txt',
  'per%20cent%.txt',
  'a//b',
  '/lead',
  'nl\n.txt',
])('reads the key %j that a list gave', async (key) => {
  site.makeBucket('odd');
  site.put('odd', key, 'found');
  const { objects } = await tools.ask('list_objects', { bucket: 'odd', recursive: true });
  expect(objects).toMatchObject([{ key }]);
  expect(await tools.ask('read_object', { bucket: 'odd', key })).toMatchObject({ text: 'found' });
  site.remove('odd', key);
});

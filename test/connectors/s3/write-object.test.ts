import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type S3StandIn, startS3 } from '../../../playground/s3/start-s3.ts';
import { webPage } from '../../../playground/stand-in/fault.ts';
import { openClient, type ToolClient } from './open-client.ts';

let site: S3StandIn;
let tools: ToolClient;

beforeAll(async () => {
  site = await startS3();
  tools = await openClient({ ...site.env, S3_ALLOW_WRITES: 'write_object' });
});
afterAll(async () => {
  await tools[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

let bucket = '';
let number = 0;
let etag = '';
beforeEach(() => {
  site.heal();
  bucket = `bucket-${++number}`;
  site.makeBucket(bucket, { versioned: true });
  etag = site.put(bucket, 'there.csv', 'id\n1\n').etag;
  site.requests.length = 0;
});

const write = (args: Record<string, unknown>) => tools.ask('write_object', { bucket, ...args });
const refusal = (args: Record<string, unknown>) =>
  tools.refusal('write_object', { bucket, ...args });
const read = async (key: string) => (await tools.ask('read_object', { bucket, key })).text;
const puts = () => site.requests.filter(({ method }) => method === 'PUT');

it('is not there unless it is switched on', async () => {
  await using reader = await openClient(site.env);
  const { tools: listed } = await reader.client.listTools();
  expect(listed.map(({ name }) => name)).not.toContain('write_object');
  expect(await reader.refusal('write_object', { bucket, key: 'x', text: 'y' })).toMatch(
    /^NOT_FOUND: there is no tool/,
  );
});

it('creates an object', async () => {
  const answer = await write({ key: 'new.csv', text: 'id\n2\n', metadata: { origin: 'bot' } });
  expect(answer).toMatchObject({
    created: true,
    size: 5,
    content_type: 'text/csv; charset=utf-8',
    etag: expect.any(String),
    version_id: expect.any(String),
  });
  expect(await read('new.csv')).toBe('id\n2\n');
  expect(puts()[0]?.headers).toMatchObject({ 'if-none-match': '*', 'x-amz-meta-origin': 'bot' });
});

it.each([
  [{ text: '' }, 0],
  [{ text: 'grüße 😀' }, 12],
  [{ binary: 'AAEC/w==' }, 4],
  [{ binary: '' }, 0],
])('writes %j as it is', async (body, size) => {
  expect(await write({ key: 'x', ...body })).toMatchObject({ size });
});

describe('what is there', () => {
  it('is not overwritten without if_match', async () => {
    const text = await refusal({ key: 'there.csv', text: 'id\n9\n' });
    expect(text).toMatch(new RegExp(`^CONFLICT: .*5 bytes, etag ${etag}.*if_match`));
    expect(puts()).toHaveLength(0);
  });

  it('with the same content needs no writing', async () => {
    expect(await refusal({ key: 'there.csv', text: 'id\n1\n' })).toMatch(/same content.*nothing/);
  });

  it('is overwritten with its etag', async () => {
    const answer = await write({ key: 'there.csv', text: 'id\n9\n', if_match: etag });
    expect(answer).toMatchObject({
      overwritten: true,
      previous: { etag, size: 5 },
      previous_version_id: expect.any(String),
    });
    expect(await read('there.csv')).toBe('id\n9\n');
  });

  it('is not overwritten with another etag', async () => {
    const args = { key: 'there.csv', text: 'x', if_match: '0123456789abcdef' };
    expect(await refusal(args)).toMatch(/^CONFLICT: .*not what it was.*reading it again/);
    expect(puts()).toHaveLength(0);
  });

  it('cannot be replaced between the look and the write', async () => {
    site.fail({ when: ({ method }) => method === 'PUT', delayMs: 100 });
    const asking = refusal({ key: 'there.csv', text: 'mine', if_match: etag });
    await expect.poll(() => puts().length).toBe(1);
    site.put(bucket, 'there.csv', 'theirs');
    expect(await asking).toMatch(/^CONFLICT: /);
    expect(await read('there.csv')).toBe('theirs');
  });

  it('is needed for if_match', async () => {
    expect(await refusal({ key: 'nope.csv', text: 'x', if_match: etag })).toMatch(
      /^CONFLICT: .*it is gone/,
    );
  });
});

it('shows with dry_run what would happen, and does nothing', async () => {
  expect(await write({ key: 'new.txt', text: 'x', dry_run: true })).toMatchObject({
    dry_run: true,
    would: 'create',
  });
  expect(await write({ key: 'there.csv', text: 'x', if_match: etag, dry_run: true })).toMatchObject(
    { would: 'overwrite', previous: { etag } },
  );
  expect(puts()).toHaveLength(0);
});

it('is done when its answer was lost', async () => {
  site.fail({ when: ({ method }) => method === 'PUT', cutAfter: 0 });
  expect(await write({ key: 'lost.txt', text: 'once' })).toMatchObject({
    created: true,
    etag: expect.any(String),
  });
  expect(await read('lost.txt')).toBe('once');
});

it.each(['HEAD', 'PUT'])(
  'is not taken for done when %s is answered by a web page',
  async (method) => {
    site.fail({ ...webPage, when: (request) => request.method === method, times: 100 });
    expect(await refusal({ key: `page-${method}.txt`, text: 'x' })).toMatch(/^UPSTREAM_ERROR: /);
  },
);

it.each([
  [{ key: 'x' }, /one of text and binary/],
  [{ key: 'x', text: 'a', binary: 'AAAA' }, /one of text and binary/],
  [{ key: 'x', binary: 'not base64!' }, /binary: is not base64/],
  [{ key: 'x', binary: 'AAA' }, /binary: is not base64/],
  [{ key: '/x', text: 'a' }, /begins or ends with a slash/],
  [{ key: 'x/', text: 'a' }, /begins or ends with a slash/],
  [{ key: 'a/../x', text: 'a' }, /between slashes/],
  [{ key: 'x', text: 'a', content_type: 'text/html\r\nx: y' }, /content_type: is no content type/],
  [{ key: 'x', text: 'a', metadata: { 'x\r\ny': 'z' } }, /metadata: has names of/],
  [{ key: 'x', text: 'a', metadata: { x: 'ü' } }, /metadata: has names of/],
  [{ key: 'x', text: 'a'.repeat(1_000_001) }, /text/],
])('refuses %j', async (args, message) => {
  const text = await refusal(args);
  expect(text).toMatch(/^INVALID_ARGUMENT: /);
  expect(text).toMatch(message);
  expect(site.requests).toHaveLength(0);
});

it('says when there is no such bucket', async () => {
  expect(await refusal({ bucket: 'bucket-none', key: 'x', text: 'a' })).toMatch(
    /^NOT_FOUND: there is no bucket/,
  );
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type S3StandIn, startS3 } from '../../../playground/s3/start-s3.ts';
import {
  brokenConnection,
  emptyBody,
  type Fault,
  failing,
  slow,
  webPage,
} from '../../../playground/stand-in/fault.ts';
import { openClient, type ToolClient } from './open-client.ts';

let site: S3StandIn;
let tools: ToolClient;

beforeAll(async () => {
  site = await startS3();
  site.makeBucket('acme-reports');
  site.makeBucket('far', { region: 'ap-south-1' });
  site.put('acme-reports', 'exports/2026/06/sales-2026-06.csv', 'id\n1\n');
  site.put('acme-reports', 'big.txt', 'x'.repeat(300_000));
  site.put('acme-reports', 'old.tar', 'x', { storageClass: 'GLACIER' });
  site.put('far', 'a.txt', 'far away');
  tools = await openClient({ ...site.env, S3_ALLOW_WRITES: 'write_object' });
});
afterEach(() => site.heal());
afterAll(async () => {
  await tools[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

const reports = { bucket: 'acme-reports' };
const sales = { ...reports, key: 'exports/2026/06/sales-2026-06.csv' };

describe('names', () => {
  it.each([
    [
      'read_object',
      { bucket: 'acme-report', key: 'x' },
      /^NOT_FOUND: there is no bucket "acme-report"\. Try: acme-reports/,
    ],
    ['list_objects', { bucket: 'reports-acme' }, /^NOT_FOUND: .*Try: acme-reports/],
    [
      'get_object_metadata',
      { bucket: 'acme-report', key: 'x' },
      /^NOT_FOUND: there is no bucket "acme-report"/,
    ],
    [
      'read_object',
      { ...reports, key: 'exports/2026/06/Sales-2026-06.csv' },
      /^NOT_FOUND: .*case-sensitive.*Try: "exports\/2026\/06\/sales-2026-06\.csv"/,
    ],
    ['read_object', { ...reports, key: '/big.txt' }, /^NOT_FOUND: .*Try: "big\.txt"/],
    [
      'read_object',
      { ...reports, key: 's3://acme-reports/big.txt' },
      /^NOT_FOUND: .*Try: "big\.txt"\.$/,
    ],
    ['get_object_metadata', { ...reports, key: 'june sales' }, /^NOT_FOUND: .*sales-2026-06\.csv/],
    ['read_object', { ...reports, key: 'qqqq' }, /^NOT_FOUND: .*"big\.txt", "exports\/"/],
    [
      'read_object',
      { ...reports, key: 'old.tar' },
      /^REFUSED: .*in an archive.*GLACIER.*restored first/,
    ],
  ])('%s %j gets a way out', async (name, args, message) => {
    expect(await tools.refusal(name, args)).toMatch(message);
  });

  it('of a bucket in another region are followed there, once', async () => {
    const far = await openClient(site.env);
    expect(await far.ask('read_object', { bucket: 'far', key: 'a.txt' })).toMatchObject({
      text: 'far away',
    });
    site.requests.length = 0;
    await far.ask('get_object_metadata', { bucket: 'far', key: 'a.txt' });
    expect(site.requests).toHaveLength(1);
    await far[Symbol.asyncDispose]();
  });

  it('are found in another region by a request without an answer to read', async () => {
    const far = await openClient(site.env);
    expect(await far.ask('get_object_metadata', { bucket: 'far', key: 'a.txt' })).toMatchObject({
      size: 8,
    });
    await far[Symbol.asyncDispose]();
  });
});

describe('missing rights', () => {
  it.each([
    [
      's3:GetObject',
      'read_object',
      sales,
      /^MISSING_PERMISSION: .*s3:GetObject.*arn:aws:s3:::acme-reports\/exports\/2026\/06\/\*/,
    ],
    ['s3:GetObject', 'get_object_metadata', sales, /^MISSING_PERMISSION: .*s3:GetObject/],
    [
      's3:ListBucket',
      'list_objects',
      reports,
      /^MISSING_PERMISSION: .*s3:ListBucket on arn:aws:s3:::acme-reports\./,
    ],
    [
      's3:ListBucket',
      'read_object',
      { ...reports, key: 'nope' },
      /^MISSING_PERMISSION: .*no such key and the right s3:ListBucket/,
    ],
    [
      's3:ListBucketVersions',
      'list_object_versions',
      reports,
      /^MISSING_PERMISSION: .*s3:ListBucketVersions/,
    ],
    ['s3:ListAllMyBuckets', 'list_buckets', {}, /^MISSING_PERMISSION: .*s3:ListAllMyBuckets on \*/],
    [
      's3:PutObject',
      'write_object',
      { ...reports, key: 'new', text: 'x' },
      /^MISSING_PERMISSION: .*s3:PutObject/,
    ],
    ['kms:Decrypt', 'read_object', sales, /^MISSING_PERMISSION: .*kms:Decrypt/],
  ])('without %s, %s %j says which', async (action, name, args, message) => {
    await using own = await startS3();
    own.makeBucket('acme-reports');
    own.put('acme-reports', sales.key, 'id\n');
    own.deny({ action });
    await using client = await openClient({ ...own.env, S3_ALLOW_WRITES: 'write_object' });
    expect(await client.refusal(name, args)).toMatch(message);
  });

  it('to list one bucket leave the others in the digest', async () => {
    await using own = await startS3();
    own.makeBucket('good');
    own.makeBucket('shut');
    own.put('good', 'a', 'x');
    own.deny({ action: 's3:ListBucket', bucket: 'shut' });
    await using client = await openClient(own.env);
    const digest = await client.read('s3://digest');
    expect(digest).toContain('good (eu-central-1): 1 objects');
    expect(digest).toMatch(/shut .*s3:ListBucket/);
  });

  it('to see tags leave the rest of the facts', async () => {
    await using own = await startS3();
    own.makeBucket('acme-reports');
    own.put('acme-reports', 'a', 'x', { tags: { team: 'data' }, metadata: { origin: 'shop' } });
    await using client = await openClient(own.env);
    const args = { ...reports, key: 'a', include_tags: true };
    expect(await client.ask('get_object_metadata', args)).toMatchObject({
      tags: { team: 'data' },
      metadata: { origin: 'shop' },
    });
    own.deny({ action: 's3:GetObjectTagging' });
    const { size, notes } = await client.ask('get_object_metadata', args);
    expect(size).toBe(1);
    expect(String(notes)).toContain('s3:GetObjectTagging');
  });
});

describe('credentials', () => {
  it.each([
    [{ AWS_SECRET_ACCESS_KEY: 'wrong' }, /^AUTH_FAILED: the secret does not belong/],
    [
      { AWS_ACCESS_KEY_ID: 'AKIAI44QH8DHBEXAMPLE' },
      /^AUTH_FAILED: S3 does not know the access key/,
    ],
  ])('%j are told, and which variables mend them', async (wrong, message) => {
    await using client = await openClient({ ...site.env, ...wrong });
    const text = await client.refusal('list_buckets');
    expect(text).toMatch(message);
    expect(text).toContain('AWS_ACCESS_KEY_ID');
  });

  it('that have expired say so', async () => {
    await using client = await openClient(site.session({ expires: new Date(0) }));
    expect(await client.refusal('list_buckets')).toMatch(
      /^AUTH_FAILED: .*expired.*AWS_SESSION_TOKEN/,
    );
  });

  it('that are temporary work', async () => {
    await using client = await openClient(site.session());
    expect(await client.ask('list_buckets')).toMatchObject({ count: 2 });
  });
});

describe('a server that does not do what it should', () => {
  const page: Fault = { ...webPage, times: 100 };
  const nothing: Fault = { ...emptyBody, times: 100 };
  const half: Fault = {
    status: 200,
    times: 100,
    headers: { 'content-type': 'application/xml' },
    body: '<?xml version="1.0"?><ListBucketResult><Name>acme-reports</Na',
  };
  const calls: [string, Record<string, unknown>][] = [
    ['list_buckets', {}],
    ['list_objects', reports],
    ['search_objects', { ...reports, pattern: '**' }],
    ['read_object', sales],
    ['preview_table_object', sales],
    ['get_object_metadata', sales],
    ['list_object_versions', reports],
  ];

  it.each(
    calls.flatMap(([name, args]) =>
      (
        [
          ['a web page', page],
          ['nothing', nothing],
          ['half an answer', half],
          ['a web page with 403', { ...page, status: 403 }],
          ['a web page with 404', { ...page, status: 404 }],
          ['a web page with 502', { ...failing(502), times: 100 }],
        ] as const
      ).map(([what, fault]) => [name, what, args, fault] as const),
    ),
  )('%s: %s is a typed error, and the next call works', async (name, _, args, fault) => {
    site.fail(fault);
    const text = await tools.refusal(name, args);
    expect(text).toMatch(/^(UPSTREAM_ERROR|MISSING_PERMISSION|NOT_FOUND): /);
    expect(text).not.toContain('<');
    site.heal();
    await tools.ask(name, args);
  });

  it.each([
    ['500', { ...failing(500) }],
    ['503', { ...failing(503) }],
    ['a connection that breaks', brokenConnection],
    ['a body that breaks half-way', { cutAfter: 2 }],
  ])('%s is tried again', async (_, fault) => {
    site.fail(fault);
    expect(await tools.ask('read_object', sales)).toMatchObject({ text: 'id\n1\n' });
  });

  it('says to wait when it is asked too often', async () => {
    const body =
      '<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>';
    site.fail({ status: 503, headers: { 'content-type': 'application/xml' }, body, times: 100 });
    expect(await tools.refusal('list_objects', reports)).toMatch(/^RATE_LIMITED: /);
  });

  it('is not waited for after the caller is gone', async () => {
    const gone = new AbortController();
    site.requests.length = 0;
    site.fail({ ...slow(20_000), times: 100 });
    const call = tools.call('read_object', sales, gone.signal);
    await expect.poll(() => site.requests.length).toBe(1);
    gone.abort();
    await expect(call).rejects.toThrow();
    await expect.poll(() => site.requests[0]?.aborted).toBe(true);
    expect(site.requests).toHaveLength(1);
  });

  it('can be down', async () => {
    await using client = await openClient({
      ...site.env,
      AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1',
    });
    expect(await client.refusal('list_buckets')).toMatch(
      /^UPSTREAM_ERROR: S3 can't be reached \(ECONNREFUSED\)/,
    );
  });
});

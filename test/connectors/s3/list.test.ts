import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type S3StandIn, startS3 } from '../../../playground/s3/start-s3.ts';
import { openClient, type ToolClient } from './open-client.ts';

let site: S3StandIn;
let tools: ToolClient;

beforeAll(async () => {
  site = await startS3();
  site.makeBucket('acme-reports');
  site.makeBucket('acme-logs', { region: 'us-west-2' });
  site.makeBucket('many');
  site.makeBucket('versioned', { versioned: true });
  for (const month of ['05', '06', '07']) {
    site.put('acme-reports', `exports/2026/${month}/sales-2026-${month}.csv`, 'id\n1\n');
    site.put('acme-reports', `exports/2026/${month}/returns-2026-${month}.csv`, 'id\n');
  }
  site.put('acme-reports', 'readme.md', 'hello', { storageClass: 'STANDARD_IA' });
  site.put('acme-logs', 'app/1.log', 'x');
  for (let i = 0; i < 1205; i++) site.put('many', `k/${String(i).padStart(5, '0')}`, '');
  site.put('versioned', 'a.txt', 'one', { modified: new Date('2026-01-01') });
  site.put('versioned', 'a.txt', 'second', { modified: new Date('2026-01-02') });
  site.put('versioned', 'a.txt.bak', 'x');
  site.remove('versioned', 'a.txt', new Date('2026-01-03'));
  tools = await openClient(site.env);
});
afterEach(() => site.heal());
afterAll(async () => {
  await tools[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

const reports = { bucket: 'acme-reports' };

/** All items of a list, page by page. */
async function all(name: string, args: Record<string, unknown>, field: string) {
  const items: unknown[] = [];
  for (let cursor: unknown, pages = 0; pages < 100; pages++) {
    const page = await tools.ask(name, { ...args, ...(cursor ? { cursor } : {}) });
    items.push(...(page[field] as unknown[]));
    expect(page.truncated).toBe(page.next_cursor !== undefined);
    if (!page.next_cursor) break;
    cursor = page.next_cursor;
  }
  return items;
}

describe('list_buckets', () => {
  it('names buckets with their regions', async () => {
    expect(await tools.ask('list_buckets', { prefix: 'acme' })).toMatchObject({
      buckets: [
        { name: 'acme-logs', region: 'us-west-2' },
        { name: 'acme-reports', region: 'eu-central-1' },
      ],
      count: 2,
      truncated: false,
    });
  });

  it('goes on page by page', async () => {
    const names = await all('list_buckets', { limit: 1 }, 'buckets');
    expect(names).toMatchObject(
      ['acme-logs', 'acme-reports', 'many', 'versioned'].map((name) => ({ name })),
    );
  });
});

describe('list_objects', () => {
  it('shows folders and objects of one level', async () => {
    expect(await tools.ask('list_objects', reports)).toMatchObject({
      folders: ['exports/'],
      objects: [{ key: 'readme.md', size: 5, storage_class: 'STANDARD_IA' }],
      count: 2,
      truncated: false,
    });
  });

  it('shows all objects below a prefix', async () => {
    const { objects, folders } = await tools.ask('list_objects', {
      ...reports,
      prefix: 'exports/2026/0',
      recursive: true,
    });
    expect(folders).toEqual([]);
    expect(objects).toHaveLength(6);
    expect(objects).not.toHaveProperty('0.storage_class');
  });

  it.each([1, 100, 1000])('gives each object once with pages of %d', async (limit) => {
    const bucket = limit === 1 ? 'acme-reports' : 'many';
    const found = await all('list_objects', { bucket, recursive: true, limit }, 'objects');
    const keys = (found as { key: string }[]).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toHaveLength(bucket === 'many' ? Math.min(1205, 100 * limit) : 7);
  });

  it('gives each folder once with pages of one', async () => {
    const args = { ...reports, prefix: 'exports/2026/', limit: 1 };
    expect(await all('list_objects', args, 'folders')).toEqual([
      'exports/2026/05/',
      'exports/2026/06/',
      'exports/2026/07/',
    ]);
  });

  it('names what is near a prefix that nothing begins with', async () => {
    const { notes } = await tools.ask('list_objects', { ...reports, prefix: 'export/' });
    expect(notes).toEqual(['No key begins with "export/". There are "exports/"']);
  });

  it('refuses a cursor of another list', async () => {
    const { next_cursor: cursor } = await tools.ask('list_objects', { bucket: 'many', limit: 1 });
    expect(cursor).toBeUndefined(); // one folder is all
    const page = await tools.ask('list_objects', { bucket: 'many', recursive: true, limit: 1 });
    const other = { ...reports, recursive: true, cursor: page.next_cursor };
    expect(await tools.refusal('list_objects', other)).toMatch(/^BAD_CURSOR: .*another bucket/);
  });
});

describe('search_objects', () => {
  const keysOf = async (args: Record<string, unknown>) => {
    const { objects } = await tools.ask('search_objects', { ...reports, ...args });
    return (objects as { key: string }[]).map(({ key }) => key);
  };

  it.each([
    [{ pattern: '*sales*' }, 3],
    [{ pattern: '*SALES*' }, 0],
    [{ pattern: '*SALES*', case_sensitive: false }, 3],
    [{ pattern: '**', min_size: 4 }, 4],
    [{ pattern: '**', max_size: 3 }, 3],
    [{ pattern: '**', modified_after: '2100-01-01' }, 0],
    [{ pattern: '**', modified_before: '2100-01-01T00:00:00Z' }, 7],
    [{ query: 'readme' }, 1],
    [{ query: 'june', pattern: '*sales*' }, 1],
  ])('finds with %j %d objects', async (args, count) => {
    expect(await keysOf(args)).toHaveLength(count);
  });

  it('finds "the June sales file"', async () => {
    const keys = await keysOf({ query: 'the June sales file' });
    expect(keys).toEqual(['exports/2026/06/sales-2026-06.csv']);
  });

  it('gives what has a part of the words when nothing has more, and says so', async () => {
    const args = { ...reports, query: 'quarterly sales summary' };
    const { objects, notes } = await tools.ask('search_objects', args);
    expect(objects).toHaveLength(3);
    expect(objects).toMatchObject([{ key: 'exports/2026/07/sales-2026-07.csv' }, {}, {}]);
    expect(notes).toEqual(['These have a part of the words only.']);
    const none = await tools.ask('search_objects', { ...reports, query: 'payroll' });
    expect(String(none.notes)).toContain('No key has these words');
  });

  it('takes the words of the bucket for those of its keys', async () => {
    const { objects } = await tools.ask('search_objects', {
      ...reports,
      query: 'june sales report',
    });
    expect((objects as unknown[])[0]).toMatchObject({
      key: 'exports/2026/06/sales-2026-06.csv',
      score: 1,
    });
  });

  it('gives each match once with pages of two, and with searches that end early', async () => {
    const wanted = { ...reports, pattern: 'exports/**' };
    expect(await all('search_objects', { ...wanted, limit: 2 }, 'objects')).toHaveLength(6);
    expect(await all('search_objects', { ...wanted, max_scan: 1 }, 'objects')).toHaveLength(6);
  });

  it('says that it ended early', async () => {
    const page = await tools.ask('search_objects', {
      bucket: 'many',
      pattern: '*9',
      limit: 50,
    });
    expect(page).toMatchObject({ complete: false, truncated: true, count: 50 });
    expect(page.notes).toBeUndefined(); // it was the limit that ended this page
    const none = await tools.ask('search_objects', {
      bucket: 'many',
      pattern: '*x',
      max_scan: 1000,
    });
    expect(none).toMatchObject({ count: 0, complete: false, next_cursor: expect.any(String) });
    expect(none.notes).toEqual(['The search ended after 1000 keys, at "k/00999".']);
  });

  it('names keys with the words of a pattern that matches none', async () => {
    const { notes } = await tools.ask('search_objects', { ...reports, pattern: 'sales_june.csv' });
    expect(String(notes)).toMatch(
      /^Nothing matches\. Near: "exports\/2026\/06\/sales-2026-06\.csv"/,
    );
  });

  it.each(['[', '\\', '🤷*'])('has no suggestion for %j, which has no words', async (pattern) => {
    const answer = await tools.ask('search_objects', { ...reports, pattern });
    expect(answer).toMatchObject({ count: 0, complete: true });
    expect(answer.notes).toEqual(['Nothing matches; list_objects shows what there is.']);
  });

  it.each([
    [{}, /neither pattern nor query/],
    [{ pattern: '' }, /pattern/],
    [{ pattern: 'x'.repeat(600) }, /pattern/],
    [{ pattern: '*', modified_after: 'June' }, /modified_after: is no date/],
    [{ pattern: '{a,b}'.repeat(10) }, /more than 64 patterns/],
  ])('refuses %j', async (args, message) => {
    const text = await tools.refusal('search_objects', { ...reports, ...args });
    expect(text).toMatch(/^INVALID_ARGUMENT: /);
    expect(text).toMatch(message);
  });
});

describe('list_object_versions', () => {
  it('lists versions and delete markers of one key, the newest first', async () => {
    const { versions } = await tools.ask('list_object_versions', {
      bucket: 'versioned',
      key: 'a.txt',
    });
    expect(versions).toMatchObject([
      { key: 'a.txt', delete_marker: true, latest: true },
      { key: 'a.txt', size: 6, latest: false },
      { key: 'a.txt', size: 3, latest: false },
    ]);
  });

  it.each([1, 2])('gives each version once with pages of %d', async (limit) => {
    const one = await all(
      'list_object_versions',
      { bucket: 'versioned', key: 'a.txt', limit },
      'versions',
    );
    expect(one).toHaveLength(3);
    const every = await all('list_object_versions', { bucket: 'versioned', limit }, 'versions');
    expect(new Set(every.map((each) => JSON.stringify(each))).size).toBe(4);
  });

  it.each([1, 2, 3])('gives those of one second once, with pages of %d', async (limit) => {
    site.makeBucket('quick', { versioned: true });
    const at = new Date('2026-01-01');
    site.put('quick', 'a', '1', { modified: at });
    site.remove('quick', 'a', at);
    site.put('quick', 'a', '2', { modified: at });
    site.remove('quick', 'a', at);
    site.put('quick', 'a', '3', { modified: at });
    const found = await all('list_object_versions', { bucket: 'quick', limit }, 'versions');
    expect(found).toHaveLength(5);
    expect(new Set(found.map((each) => JSON.stringify(each))).size).toBe(5);
  });

  it('names keys as they are when the server does not encode them', async () => {
    const body = `<ListVersionsResult><Name>acme-reports</Name><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>
      <Version><Key>100%.txt</Key><VersionId>null</VersionId><IsLatest>true</IsLatest><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>"e"</ETag><Size>1</Size></Version></ListVersionsResult>`;
    site.fail({ status: 200, headers: { 'content-type': 'application/xml' }, body });
    const { versions } = await tools.ask('list_object_versions', reports);
    expect(versions).toMatchObject([{ key: '100%.txt' }]);
  });

  it('says when a bucket keeps no versions', async () => {
    const { notes } = await tools.ask('list_object_versions', { ...reports, key: 'readme.md' });
    expect(String(notes)).toContain('keeps no versions');
  });

  it('names the key that may be meant', async () => {
    const text = await tools.refusal('list_object_versions', { ...reports, key: 'readme.txt' });
    expect(text).toMatch(/^NOT_FOUND: .*Try: "readme\.md"/);
  });
});

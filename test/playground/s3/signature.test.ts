import { Agent } from 'node:http';
import type { LookupFunction } from 'node:net';
import { GetObjectCommand, ListBucketsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { HttpRequest } from '@smithy/types';
import { expect, it } from 'vitest';
import { openS3, toClient } from './s3-fixture.ts';

it.each([
  ['a wrong secret', { AWS_SECRET_ACCESS_KEY: 'wrong' }, 'SignatureDoesNotMatch', 403],
  ['an unknown key', { AWS_ACCESS_KEY_ID: 'AKIAUNKNOWN' }, 'InvalidAccessKeyId', 403],
  ['a token that nobody gave', { AWS_SESSION_TOKEN: 'made-up' }, 'InvalidToken', 400],
])('refuses %s', async (_what, change, name, status) => {
  await using opened = await openS3();
  const client = toClient({ ...opened.s3.env, ...change });
  await expect(client.send(new ListBucketsCommand())).rejects.toMatchObject({
    name,
    $metadata: { httpStatusCode: status },
  });
});

it('takes the keys of a session until they expire', async () => {
  await using opened = await openS3();
  const good = toClient(opened.s3.session());
  expect((await good.send(new ListBucketsCommand())).Buckets).toHaveLength(2);
  const expired = toClient(opened.s3.session({ expires: new Date(0) }));
  await expect(expired.send(new ListBucketsCommand())).rejects.toMatchObject({
    name: 'ExpiredToken',
    message: 'The provided token has expired.',
  });
});

it('refuses a clock that is an hour off', async () => {
  await using opened = await openS3();
  const client = toClient(opened.s3.env, { systemClockOffset: 3_600_000 });
  await expect(client.send(new ListBucketsCommand())).rejects.toMatchObject({
    name: 'RequestTimeTooSkewed',
    MaxAllowedSkewMilliseconds: '900000',
  });
});

it('refuses who does not sign at all', async () => {
  await using opened = await openS3();
  const response = await fetch(`${opened.s3.url}/docs/a.txt`);
  expect(response.status).toBe(403);
  expect(await response.text()).toMatch(
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<Error><Code>AccessDenied<\/Code><Message>Access Denied<\/Message><RequestId>\w{16}<\/RequestId><HostId>/,
  );
});

it.each<[string, string, Partial<HttpRequest>]>([
  ['body', 'XAmzContentSHA256Mismatch', { body: 'hullo' }],
  ['method', 'SignatureDoesNotMatch', { method: 'DELETE' }],
  ['path', 'SignatureDoesNotMatch', { path: '/docs/b' }],
  ['query', 'SignatureDoesNotMatch', { query: { versionId: 'x' } }],
])('notices that the %s was changed on its way', async (_part, name, change) => {
  await using opened = await openS3();
  opened.client.middlewareStack.add(
    (next) => (args) => {
      Object.assign(args.request as HttpRequest, change);
      return next(args);
    },
    { step: 'deserialize', priority: 'low' },
  );
  const put = opened.client.send(new PutObjectCommand({ Bucket: 'docs', Key: 'a', Body: 'hello' }));
  await expect(put).rejects.toMatchObject({ name });
});

it.each([
  ['AWS4-HMAC-SHA256 nonsense', 'AuthorizationHeaderMalformed'],
  ['Bearer token', 'AuthorizationHeaderMalformed'],
])('does not understand the header %s', async (authorization, code) => {
  await using opened = await openS3();
  const headers = { authorization, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
  const response = await fetch(`${opened.s3.url}/docs/a.txt`, { headers });
  expect(await response.text()).toContain(`<Code>${code}</Code>`);
});

it.each([
  'plain.txt',
  'with space + plus.txt',
  'a//double/../dots/./here',
  "it's (1)! *~.txt",
  'ключ/日本語 🎁.csv',
  'a%2Fb?c=d&e#f',
  ' begins and ends with a space ',
])('knows the key %j again', async (key) => {
  await using opened = await openS3();
  await opened.client.send(new PutObjectCommand({ Bucket: 'docs', Key: key, Body: key }));
  const { Body } = await opened.client.send(new GetObjectCommand({ Bucket: 'docs', Key: key }));
  expect(await Body?.transformToString()).toBe(key);
});

it('takes buckets from the host as well', async () => {
  await using opened = await openS3();
  opened.s3.put('docs', 'a.txt', 'hello');
  const { port } = new URL(opened.s3.url);
  const env = { ...opened.s3.env, AWS_ENDPOINT_URL_S3: `http://localhost:${port}` };
  // Not every machine knows names below localhost.
  const lookup: LookupFunction = (_name, { all }, done) =>
    all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
  const httpAgent = new Agent({ lookup });
  const client = toClient(env, { forcePathStyle: false, requestHandler: { httpAgent } });
  const { Body } = await client.send(new GetObjectCommand({ Bucket: 'docs', Key: 'a.txt' }));
  expect(await Body?.transformToString()).toBe('hello');
  expect(opened.s3.requests.at(-1)?.path).toBe('/a.txt');
});

import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { halfXml, s3Fault } from '../../../playground/s3/s3-fault.ts';
import {
  brokenConnection,
  emptyBody,
  type Fault,
  failing,
  slow,
  webPage,
} from '../../../playground/stand-in/fault.ts';
import { openS3, toClient } from './s3-fixture.ts';

const list = () => new ListObjectsV2Command({ Bucket: 'docs' });

it.each<[string, Fault, object]>([
  [
    'SlowDown',
    s3Fault('SlowDown'),
    { name: 'SlowDown', message: 'Please reduce your request rate.' },
  ],
  ['InternalError', s3Fault('InternalError'), { $metadata: { httpStatusCode: 500 } }],
  ['a proxy’s 502', failing(502), { $metadata: { httpStatusCode: 502 } }],
  ['half a document', halfXml, { message: expect.stringContaining('Deserialization') }],
  ['a broken connection', brokenConnection, { code: 'ECONNRESET' }],
])('can answer with %s, once, and the SDK notices', async (_name, fault, facts) => {
  await using opened = await openS3();
  opened.s3.fail(fault);
  await expect(opened.client.send(list())).rejects.toMatchObject(facts);
  expect((await opened.client.send(list())).KeyCount).toBe(0);
});

it.each([
  ['a web page', webPage],
  ['nothing', emptyBody],
])('can answer with %s, which the SDK takes for an empty list', async (_name, fault) => {
  await using opened = await openS3();
  opened.s3.fail(fault);
  expect(await opened.client.send(list())).not.toHaveProperty('KeyCount');
});

it('is tried again by an SDK that may', async () => {
  await using opened = await openS3();
  opened.s3.fail(s3Fault('SlowDown', { times: 1 }));
  const client = toClient(opened.s3.env, { maxAttempts: 2 });
  expect((await client.send(list())).KeyCount).toBe(0);
  expect(opened.s3.requests.map(({ status }) => status)).toEqual([503, 200]);
});

it('can break off in the middle of an object', async () => {
  await using opened = await openS3();
  opened.s3.put('docs', 'a', 'x'.repeat(100_000));
  opened.s3.fail({ cutAfter: 500 });
  const { Body } = await opened.client.send(new GetObjectCommand({ Bucket: 'docs', Key: 'a' }));
  await expect(Body?.transformToString()).rejects.toThrow('aborted');
});

it('can be slow, and notices who does not wait', async () => {
  await using opened = await openS3();
  opened.s3.fail(slow(60_000));
  const abortSignal = AbortSignal.timeout(50);
  await expect(opened.client.send(list(), { abortSignal })).rejects.toThrow(/abort/i);
  await expect.poll(() => opened.s3.requests[0]?.aborted).toBe(true);
});

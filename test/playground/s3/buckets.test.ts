import {
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { openS3, toClient } from './s3-fixture.ts';

it('lists buckets, with their regions where a parameter asks for pages', async () => {
  await using opened = await openS3();
  const all = await opened.client.send(new ListBucketsCommand());
  expect(all.Buckets?.map(({ Name, BucketRegion }) => [Name, BucketRegion])).toEqual([
    ['docs', undefined],
    ['kept', undefined],
  ]);
  expect(all.Buckets?.[0]?.CreationDate).toEqual(new Date(0));
  const first = await opened.client.send(new ListBucketsCommand({ MaxBuckets: 1 }));
  expect(first.Buckets).toMatchObject([{ Name: 'docs', BucketRegion: 'eu-central-1' }]);
  const next = await opened.client.send(
    new ListBucketsCommand({ MaxBuckets: 1, ContinuationToken: first.ContinuationToken }),
  );
  expect(next.Buckets?.[0]?.Name).toBe('kept');
  expect(next.ContinuationToken).toBeUndefined();
});

it('lists the buckets of a prefix, and of a region', async () => {
  await using opened = await openS3();
  opened.s3.makeBucket('docs-us', { region: 'us-east-1' });
  const namesOf = async (input: object) =>
    (await opened.client.send(new ListBucketsCommand(input))).Buckets?.map(({ Name }) => Name);
  expect(await namesOf({ Prefix: 'docs' })).toEqual(['docs', 'docs-us']);
  expect(await namesOf({ BucketRegion: 'us-east-1' })).toEqual(['docs-us']);
});

it('tells of a bucket where it is and whether it keeps versions', async () => {
  await using opened = await openS3();
  opened.s3.makeBucket('us', { region: 'us-east-1' });
  const us = toClient({ ...opened.s3.env, AWS_DEFAULT_REGION: 'us-east-1' });
  const head = await opened.client.send(new HeadBucketCommand({ Bucket: 'docs' }));
  expect(head.BucketRegion).toBe('eu-central-1');
  const locationOf = async (Bucket: string) =>
    (await us.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint;
  expect(await locationOf('docs')).toBe('eu-central-1');
  expect((await locationOf('us')) || undefined).toBeUndefined();
  const versioningOf = async (Bucket: string) =>
    (await opened.client.send(new GetBucketVersioningCommand({ Bucket }))).Status;
  expect([await versioningOf('docs'), await versioningOf('kept')]).toEqual([undefined, 'Enabled']);
});

it.each([
  ['us-east-1', 400, 'AuthorizationHeaderMalformed', { Region: 'eu-central-1' }],
  ['eu-west-1', 301, 'PermanentRedirect', { Endpoint: 'docs.s3.eu-central-1.amazonaws.com' }],
])('sends who asks in %s to the bucket’s region', async (region, status, name, facts) => {
  await using opened = await openS3();
  const client = toClient({ ...opened.s3.env, AWS_DEFAULT_REGION: region });
  const list = client.send(new ListObjectsV2Command({ Bucket: 'docs' }));
  await expect(list).rejects.toMatchObject({ name, ...facts });
  const head = client.send(new HeadBucketCommand({ Bucket: 'docs' }));
  await expect(head).rejects.toMatchObject({
    $metadata: { httpStatusCode: status },
    $response: { headers: { 'x-amz-bucket-region': 'eu-central-1' } },
  });
});

it('is followed to another region by an SDK that follows', async () => {
  await using opened = await openS3();
  const env = { ...opened.s3.env, AWS_DEFAULT_REGION: 'eu-west-1' };
  const client = toClient(env, { followRegionRedirects: true });
  const found = await client.send(new ListObjectsV2Command({ Bucket: 'docs' }));
  expect(found.KeyCount).toBe(0);
  expect(opened.s3.requests.map(({ status }) => status)).toEqual([301, 200]);
});

it('does not know a bucket that is not there', async () => {
  await using opened = await openS3();
  const list = opened.client.send(new ListObjectsV2Command({ Bucket: 'nowhere' }));
  await expect(list).rejects.toMatchObject({
    name: 'NoSuchBucket',
    message: 'The specified bucket does not exist',
    BucketName: 'nowhere',
    RequestId: expect.stringMatching(/^\w{16}$/),
  });
  const head = opened.client.send(new HeadBucketCommand({ Bucket: 'nowhere' }));
  await expect(head).rejects.toMatchObject({
    name: 'NotFound',
    $metadata: { httpStatusCode: 404 },
  });
});

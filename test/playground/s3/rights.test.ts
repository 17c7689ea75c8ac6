import {
  CopyObjectCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import type { DenyRule } from '../../../playground/s3/rights.ts';
import { openS3 } from './s3-fixture.ts';

const place = { Bucket: 'docs', Key: 'a/b' };
const user = 'User: arn:aws:iam::123456789012:user/reader is not authorized to perform:';
const commands = {
  buckets: () => new ListBucketsCommand(),
  list: () => new ListObjectsV2Command({ Bucket: 'docs', Prefix: 'a/' }),
  get: () => new GetObjectCommand(place),
  put: () => new PutObjectCommand({ ...place, Body: 'x' }),
  missing: () => new GetObjectCommand({ ...place, Key: 'missing' }),
};

it.each<[keyof typeof commands, DenyRule, string]>([
  ['buckets', { action: 's3:ListAllMyBuckets' }, 's3:ListAllMyBuckets on resource: arn:aws:s3:::*'],
  ['list', { action: 's3:ListBucket' }, 's3:ListBucket on resource: "arn:aws:s3:::docs"'],
  ['get', { action: 's3:Get*' }, 's3:GetObject on resource: "arn:aws:s3:::docs/a/b"'],
  [
    'get',
    { action: 's3:GetObject', bucket: 'docs', prefix: 'a/' },
    's3:GetObject on resource: "arn:aws:s3:::docs/a/b"',
  ],
  ['get', { action: 'kms:Decrypt' }, 'kms:Decrypt on resource: arn:aws:kms:'],
  ['put', { action: 's3:PutObject' }, 's3:PutObject on resource: "arn:aws:s3:::docs/a/b"'],
  ['missing', { action: 's3:ListBucket' }, 's3:ListBucket on resource: "arn:aws:s3:::docs"'],
])('refuses %s after %j, and says which right is missing', async (name, rule, sentence) => {
  await using opened = await openS3();
  opened.s3.put('docs', 'a/b', 'x');
  opened.s3.deny(rule);
  const answer = await opened.client
    .send(commands[name]() as GetObjectCommand)
    .catch((error: unknown) => error);
  expect(answer).toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
  expect((answer as Error).message).toContain(`${user} ${sentence}`);
});

it('lets through what the rule does not cover', async () => {
  await using opened = await openS3();
  opened.s3.put('docs', 'a/b', 'x');
  opened.s3.deny({ action: 's3:GetObject', prefix: 'secret/' });
  opened.s3.deny({ action: 's3:GetObject', bucket: 'kept' });
  opened.s3.deny({ action: 's3:ListBucket' });
  const { ContentLength } = await opened.client.send(new HeadObjectCommand(place));
  expect(ContentLength).toBe(1);
});

it('does not pretend to know the rest of S3', async () => {
  await using opened = await openS3();
  opened.s3.put('docs', 'a/b', 'x');
  const acl = opened.client.send(new GetObjectAclCommand(place));
  await expect(acl).rejects.toMatchObject({ name: 'NotImplemented' });
  const copy = opened.client.send(new CopyObjectCommand({ ...place, CopySource: 'docs/a/b' }));
  await expect(copy).rejects.toMatchObject({ name: 'NotImplemented' });
});

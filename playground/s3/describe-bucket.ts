import { findVersion } from './find-version.ts';
import { type S3Operation, xmlAnswer } from './s3-call.ts';
import { toXml } from './xml.ts';

/** `HeadBucket`: whether it is there, and in which region. */
export const headBucket: S3Operation = ({ bucket }) => ({
  status: 200,
  headers: { 'x-amz-bucket-region': bucket.region, 'content-type': 'application/xml' },
});

/** `GetBucketLocation`: empty is us-east-1. */
export const getBucketLocation: S3Operation = ({ bucket: { region } }) =>
  xmlAnswer(toXml('LocationConstraint', region === 'us-east-1' ? '' : region));

/** `GetBucketVersioning`. */
export const getBucketVersioning: S3Operation = ({ bucket: { versioned } }) =>
  xmlAnswer(toXml('VersioningConfiguration', [['Status', versioned ? 'Enabled' : undefined]]));

/** `GetObjectTagging`. */
export const getObjectTagging: S3Operation = (call) => {
  const { tags, versionId } = findVersion(call, 's3:GetObjectTagging');
  const answer = xmlAnswer(
    toXml('Tagging', [
      [
        'TagSet',
        Object.entries(tags).map(([key, value]) => [
          'Tag',
          [
            ['Key', key],
            ['Value', value],
          ],
        ]),
      ],
    ]),
  );
  if (!call.bucket.versioned) return answer;
  return { ...answer, headers: { ...answer.headers, 'x-amz-version-id': versionId } };
};

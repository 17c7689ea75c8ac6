import { z } from 'zod';
import { writesVariable } from '../allowed-writes.ts';
import { toOpenPlaces } from './client/scope.ts';

/** Handed to the SDK's own chain of credentials by the environment; nothing here reads them. */
const forTheChain = (what: string) =>
  z.string().optional().describe(`${what}, for the AWS default credential chain`);

const endpoint = z.string().refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''), {
  error: 'is no http or https address',
});

/** What the connector needs to know. */
export const s3Env = z
  .object({
    AWS_ACCESS_KEY_ID: z
      .string()
      .optional()
      .describe(
        'an access key that may read; without one the AWS default credential chain is used',
      ),
    AWS_SECRET_ACCESS_KEY: z.string().optional().describe("the access key's secret"),
    AWS_SESSION_TOKEN: z.string().optional().describe('the token of temporary credentials'),
    AWS_DEFAULT_REGION: z
      .string()
      .optional()
      .describe(
        'the region of the buckets, us-east-1 when not set; others are found by themselves',
      ),
    AWS_REGION: z.string().optional().describe('the same, when AWS_DEFAULT_REGION is not set'),
    AWS_PROFILE: z.string().optional().describe('a profile of the AWS configuration files'),
    AWS_ENDPOINT_URL_S3: endpoint
      .optional()
      .describe('the address of an S3-compatible server; Amazon when not set'),
    AWS_ENDPOINT_URL: endpoint.optional().describe('the same, when AWS_ENDPOINT_URL_S3 is not set'),
    S3_BUCKETS: z
      .string()
      .transform((text, context) => {
        const places = toOpenPlaces(text);
        if (typeof places !== 'string') return places;
        context.addIssue(places);
        return z.NEVER;
      })
      .optional()
      .describe(
        'the buckets that may be used, comma-separated, each with a prefix if wanted: reports,logs/app/; all when not set',
      ),
    S3_PATH_STYLE: z
      .stringbool({ error: 'must be true or false' })
      .optional()
      .describe(
        "true: the bucket stands in the path, not in the host's name; default: true with AWS_ENDPOINT_URL_S3",
      ),
    S3_ALLOW_WRITES: writesVariable(['write_object']),
    AWS_CONFIG_FILE: forTheChain('where the configuration file is'),
    AWS_SHARED_CREDENTIALS_FILE: forTheChain('where the credentials file is'),
    AWS_ROLE_ARN: forTheChain('the role to take on'),
    AWS_ROLE_SESSION_NAME: forTheChain('the name of its session'),
    AWS_WEB_IDENTITY_TOKEN_FILE: forTheChain('the token of a Kubernetes pod'),
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: forTheChain('where ECS gives credentials'),
    AWS_CONTAINER_CREDENTIALS_FULL_URI: forTheChain('where EKS gives credentials'),
    AWS_CONTAINER_AUTHORIZATION_TOKEN: forTheChain('the token for them'),
    AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: forTheChain('the file with the token for them'),
    AWS_EC2_METADATA_DISABLED: forTheChain('true: never ask the machine itself'),
  })
  .check(({ value, issues }) => {
    const isHalf = Boolean(value.AWS_ACCESS_KEY_ID) !== Boolean(value.AWS_SECRET_ACCESS_KEY);
    if (!isHalf) return;
    const missing = value.AWS_ACCESS_KEY_ID ? 'AWS_SECRET_ACCESS_KEY' : 'AWS_ACCESS_KEY_ID';
    issues.push({ code: 'custom', path: [missing], message: 'is missing', input: value });
  });

import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { createAdminApiClient } from '@shopify/admin-api-client';
import { createClient } from 'jira.js/core';
import type { SentRequest } from './stand-ins.ts';

/** Sends a request once more, with nothing around it but the API's own SDK, and reads its answer. */
export type BareSdk = (request: SentRequest) => Promise<unknown>;

/** The SDKs by source, as somebody would set them up who has read their first page. */
export const bareSdks = (env: Record<string, string>): Record<string, BareSdk> => ({
  s3: bareS3(env),
  jira: bareJira(env),
  shopify: bareShopify(env),
});

function bareS3(env: Record<string, string>): BareSdk {
  const { AWS_ENDPOINT_URL_S3: endpoint = '', AWS_DEFAULT_REGION: region = 'us-east-1' } = env;
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = env;
  const credentials = { accessKeyId, secretAccessKey };
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  return async ({ url, headers }) => {
    const { pathname, searchParams } = new URL(url);
    const [, bucket, ...path] = pathname.split('/');
    const Key = path.map(decodeURIComponent).join('/');
    if (!Key) {
      const input = { Bucket: bucket, MaxKeys: 100, EncodingType: 'url' as const };
      const Prefix = searchParams.get('prefix') ?? '';
      return client.send(new ListObjectsV2Command({ ...input, Prefix, Delimiter: '/' }));
    }
    const answer = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key, Range: headers.range }),
    );
    return answer.Body?.transformToByteArray();
  };
}

function bareJira(env: Record<string, string>): BareSdk {
  const { JIRA_API_URL: host = '', JIRA_EMAIL: email = '', JIRA_API_TOKEN: apiToken = '' } = env;
  const client = createClient({ host, auth: { type: 'basic', email, apiToken } });
  return ({ method, url, body }) => {
    const { pathname, searchParams } = new URL(url);
    return client.sendRequest({
      url: pathname,
      method: method === 'POST' ? 'POST' : 'GET',
      searchParams: Object.fromEntries(searchParams),
      ...(body.length > 0 && { body: JSON.parse(Buffer.from(body).toString()) }),
    });
  };
}

function bareShopify(env: Record<string, string>): BareSdk {
  const client = createAdminApiClient({
    storeDomain: env.SHOPIFY_SHOP_URL ?? '',
    apiVersion: '2026-10',
    accessToken: env.SHOPIFY_ACCESS_TOKEN ?? '',
    customFetchApi: (url, init) => fetch(new URL(new URL(url).pathname, env.SHOPIFY_API_URL), init),
  });
  return async ({ method, body }) => {
    if (method !== 'POST') return; // what is asked once, of the token
    const { query, variables } = JSON.parse(Buffer.from(body).toString());
    const { errors } = await client.request(query, { variables });
    if (errors) throw new Error(errors.message);
  };
}

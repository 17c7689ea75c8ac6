import { expect, it } from 'vitest';
import { configuredConnectors, toChild } from '../src/connector-children.ts';
import { connectors } from '../src/connectors/index.ts';

it.each<[NodeJS.ProcessEnv, string[]]>([
  [{}, []],
  [{ PATH: '/bin', HOME: '/root' }, []],
  [{ MYSQL_HOST: 'db' }, ['mysql']],
  [{ MYSQL_HOST: ' ', MYSQL_PASSWORD: '' }, []],
  [{ MYSQL_PASSWORD: 'a set password without a host is a fault to be told' }, ['mysql']],
  [{ AWS_REGION: 'eu-central-1', AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2' }, []],
  [{ AWS_PROFILE: 'reports' }, ['s3']],
  [{ S3_BUCKETS: 'reports', MYSQL_HOST: 'db' }, ['mysql', 's3']],
])('%o switches on %j', (env, names) => {
  expect(configuredConnectors(env).map(({ name }) => name)).toEqual(names);
});

it('gives a connector its own variables and no others', () => {
  const [mysql] = connectors;
  if (!mysql) throw new Error('no connector');
  const env = {
    MYSQL_HOST: 'db',
    MYSQL_PASSWORD: ' ',
    AWS_PROFILE: 'x',
    SLACK_BOT_TOKEN: 'xoxb-1',
  };
  const child = toChild(mysql, env, {
    name: 'mysql-prod',
    title: 'Production',
    label: 'Production',
  });
  expect(child).toMatchObject({ name: 'mysql-prod', label: 'Production', kind: { name: 'mysql' } });
  expect(Object.keys(child.server.env).filter((name) => name !== 'NODE_COMPILE_CACHE')).toEqual([
    'MYSQL_HOST',
    'LOG_LEVEL',
  ]);
});

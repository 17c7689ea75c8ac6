import { expect, it } from 'vitest';
import { looksSecret } from '../src/looks-secret.ts';

it.each([
  ['SLACK_BOT_TOKEN', true],
  ['PGPASSWORD', true],
  ['SMTP_PASS', true],
  ['X-Api-Key', true],
  ['authorization', true],
  ['MYSQL_HOST', false],
  ['AWS_WEB_IDENTITY_TOKEN_FILE', false],
  ['AWS_ACCESS_KEY_ID', false],
])('tells by its name whether %s holds a secret: %s', (name, secret) => {
  expect(looksSecret(name)).toBe(secret);
});

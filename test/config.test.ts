import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../src/config.ts';
import { StartError } from '../src/errors.ts';

const slack = z.object({
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-').describe('the bot token'),
});
const mysql = z.object({
  MYSQL_HOST: z.string(),
  MYSQL_PORT: z.coerce.number().int().min(1).max(65_535).default(3306),
});

describe('readConfig', () => {
  it('gives each part its values', () => {
    const env = { SLACK_BOT_TOKEN: 'xoxb-1', MYSQL_HOST: 'db', OTHER: 'x' };
    expect(readConfig({ slack, mysql }, env)).toEqual({
      slack: { SLACK_BOT_TOKEN: 'xoxb-1' },
      mysql: { MYSQL_HOST: 'db', MYSQL_PORT: 3306 },
    });
  });

  it('lists every fault of every part in one message, and shows no value', () => {
    const read = () =>
      readConfig({ slack, mysql }, { SLACK_BOT_TOKEN: 'hush', MYSQL_PORT: '99999' });
    expect(read).toThrow(StartError);
    expect(read).toThrow(/3 faults/);
    expect(read).toThrow(/SLACK_BOT_TOKEN: .*— the bot token/);
    expect(read).toThrow(/MYSQL_HOST: is missing/);
    expect(read).toThrow(/MYSQL_PORT/);
    expect(read).not.toThrow(/hush/);
  });

  it('tells faults that were found elsewhere in the same message', () => {
    const elsewhere = ['connectormcp.json:1:2 sources: must be an object: { … }'];
    expect(() => readConfig({ mysql }, {}, { elsewhere })).toThrow(
      /2 faults:\n {2}MYSQL_HOST: is missing\n {2}connectormcp\.json:1:2 .*\nSet them in \.env/,
    );
    expect(() => readConfig({}, {}, { elsewhere })).toThrow(
      /has a fault:\n {2}connectormcp\.json[^\n]*$/,
    );
  });

  it('takes an empty variable for a missing one', () => {
    expect(() => readConfig({ mysql }, { MYSQL_HOST: ' ' })).toThrow(/MYSQL_HOST: is missing/);
  });
});

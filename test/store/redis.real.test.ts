import { expect, inject, it } from 'vitest';
import { openRedis } from '../../src/store/redis.ts';

it.each(['', 'default:hush@'])(
  'says that Redis refuses the password in “%s”, without showing it',
  async (account) => {
    const { host } = new URL(inject('redisUrl'));
    const opened = openRedis(`redis://${account}${host}`, 'hasty');
    await expect(opened).rejects.toThrow(/does not accept our user or password.*REDIS_URL/);
    await expect(opened).rejects.not.toThrow(/hush/);
  },
);

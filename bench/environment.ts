import type { Services } from '../playground/services/start-services.ts';
import type { Slack } from '../playground/slack/server.ts';

/** The environment of an app that is measured: stand-ins for Slack and the model, real Redis and MariaDB. */
export function environment(
  { redis, mysql }: Services,
  slack: Slack,
  modelUrl: string,
): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    ...slack.env,
    ANTHROPIC_API_KEY: 'bench',
    ANTHROPIC_BASE_URL: modelUrl,
    REDIS_URL: redis.url,
    MYSQL_HOST: mysql.host,
    MYSQL_PORT: String(mysql.port),
    MYSQL_USER: mysql.user,
    MYSQL_PASSWORD: mysql.password,
    MYSQL_DATABASE: mysql.database,
    LOG_LEVEL: 'info',
  };
}

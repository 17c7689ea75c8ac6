import { openScratch } from './scratch.ts';
import { type MysqlService, type NamedMysql, startMysql } from './start-mysql.ts';
import { startRedis } from './start-redis.ts';

/** What the app stands on, ready to be used. */
export interface Services {
  redis: { url: string };
  mysql: MysqlService;
  /** Ends what was started and removes its data; what was named by the caller stays. */
  close(): Promise<void>;
}

export interface ServicesOptions {
  /** What `REDIS_URL` names, if set. */
  redis?: string | undefined;
  /** What `MYSQL_HOST` and its companions name, if set. */
  mysql?: NamedMysql | undefined;
  /** Where the scratch folder is made; the system's temporary folder by default. */
  scratch?: string | undefined;
  /** Told what takes long. */
  say(line: string): void;
}

/**
 * Redis and MariaDB/MySQL: what the caller names; else private instances of programs found on this machine, on free
 * ports, in a scratch folder; else in Docker; else installed with `apt-get`. Takes about a second.
 *
 * Private ones end with this process, however it ends.
 *
 * @throws StartError that says what to install or to set.
 */
export async function startServices({
  redis,
  mysql,
  scratch,
  say,
}: ServicesOptions): Promise<Services> {
  const folder = await openScratch(scratch);
  try {
    return {
      redis: await startRedis({ scratch: folder, say, url: redis }),
      mysql: await startMysql({ scratch: folder, say, named: mysql }),
      close: folder.close,
    };
  } catch (error) {
    await folder.close();
    throw error;
  }
}

/** Reads from the environment what it names, in the form that {@link startServices} takes. */
export function namedServices(env: NodeJS.ProcessEnv): Pick<ServicesOptions, 'redis' | 'mysql'> {
  const { REDIS_URL, MYSQL_HOST, MYSQL_PORT, MYSQL_USER, MYSQL_PASSWORD, MYSQL_DATABASE } = env;
  return {
    redis: REDIS_URL?.split(',')[0]?.trim() || undefined,
    mysql: MYSQL_HOST
      ? {
          host: MYSQL_HOST,
          port: Number(MYSQL_PORT || 3306),
          user: MYSQL_USER ?? '',
          password: MYSQL_PASSWORD ?? '',
          database: MYSQL_DATABASE ?? '',
        }
      : undefined,
  };
}

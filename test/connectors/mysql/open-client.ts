import type { Account } from '../../../src/connectors/mysql/connection/sessions.ts';
import { mysql } from '../../../src/connectors/mysql/index.ts';
import { log } from '../../../src/log.ts';
import { type ConnectorClient, connectClient } from '../../support/connect-client.ts';

/** An MCP client of the connector, in this process. */
export interface ToolClient extends ConnectorClient {
  digest(): Promise<string>;
  /** What the resource `mysql://health` says. */
  health(): Promise<unknown>;
}

/** Opens one for the account. */
export async function openClient(account: Account): Promise<ToolClient> {
  log.level = 'warn'; // the connector runs in this process
  const { host, port, user, password, database, ssl } = account;
  const open = await mysql.open(
    mysql.env.parse({
      MYSQL_HOST: host,
      MYSQL_PORT: String(port),
      MYSQL_USER: user,
      MYSQL_PASSWORD: password,
      ...(database && { MYSQL_DATABASE: database }),
      ...(ssl && { MYSQL_SSL: ssl }),
    }),
  );
  const tools = await connectClient(mysql, open, { secrets: [password] });
  return {
    ...tools,
    digest: () => tools.read('mysql://digest'),
    health: async () => JSON.parse(await tools.read('mysql://health')),
  };
}

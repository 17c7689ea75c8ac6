import { z } from 'zod';

/** Schemas of the server itself: its accounts, other people's queries. Nobody's data lives there. */
export const systemSchemas = ['mysql', 'performance_schema', 'sys', 'information_schema'];

/** What the connector needs to know. */
export const mysqlEnv = z.object({
  MYSQL_HOST: z.string().describe('the name or address of the MySQL or MariaDB server'),
  MYSQL_PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65535)
    .default(3306)
    .describe('its port, 3306 when not set'),
  MYSQL_USER: z.string().describe('an account that may only SELECT'),
  MYSQL_PASSWORD: z.string().default('').describe("the account's password"),
  MYSQL_DATABASE: z
    .string()
    .refine((name) => !systemSchemas.includes(name.toLowerCase()), {
      error: 'is a schema of the server itself',
    })
    .optional()
    .describe('the database that questions are about when they name none'),
});

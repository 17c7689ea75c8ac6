import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
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
  MYSQL_SSL: z
    .string()
    .toLowerCase()
    .pipe(
      z.enum(['off', 'preferred', 'required', 'verify'], {
        error: 'must be off, preferred, required or verify',
      }),
    )
    .optional()
    .describe(
      'off, preferred (encrypted where the server can), required, or verify (also checks the certificate and its name); when not set: verify with MYSQL_SSL_CA, else off on this machine and preferred elsewhere',
    ),
  MYSQL_SSL_CA: z
    .string()
    .transform((value, context) => {
      const pem = toPem(value);
      if (pem === undefined)
        context.addIssue('is neither a PEM certificate nor the path of a file with one');
      return pem ?? z.NEVER;
    })
    .optional()
    .describe("who signed the server's certificate: a PEM file's path, or the PEM text itself"),
  MYSQL_ALLOW_DANGEROUS_RIGHTS: z
    .stringbool({ error: 'must be true or false' })
    .optional()
    .describe('true: works also with an account that may do more than read, such as root'),
});

/** Certificates from a file or from the variable itself, where a line may end in `\\n` as on one line of `.env`. */
function toPem(value: string): string | undefined {
  try {
    const pem = value.includes('-----BEGIN')
      ? value.replaceAll('\\n', '\n')
      : readFileSync(value.trim(), 'utf8');
    new X509Certificate(pem); // reads the first one
    return pem;
  } catch {
    return undefined;
  }
}

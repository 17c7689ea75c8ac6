import { z } from 'zod';
import type { Connector } from '../connectors/connector.ts';
import { connectors } from '../connectors/index.ts';

/** Words that mean something else after `/datasource`. */
const reserved = ['auto', 'help', 'test'];

const sourceName = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,30}$/,
    'a name begins with a lowercase letter, and up to 30 lowercase letters, digits or hyphens follow',
  )
  .refine((name) => !reserved.includes(name), 'this name means something else to /datasource');

const text = z.string().refine((text) => !text.includes('\0'), 'must not hold a null character');
const variable = text.describe(
  'The value, as text. ${NAME} and ${NAME:-default} are filled from the environment.',
);
const title = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(40)
  .describe('The name people read, at most 40 characters.');

/** A further instance of a connector of ours. */
const toInstance = ({ name, title: named, env }: Connector) =>
  z
    .strictObject({
      connector: z.literal(name).describe('Which connector of ours.'),
      title: title.optional(),
      env: z
        .strictObject(
          Object.fromEntries(
            Object.entries(env.shape).map(([variable, field]) => [
              variable,
              text.describe((field as z.ZodType).description ?? '').optional(),
            ]),
          ),
        )
        .default({})
        .describe(`${named}’s variables. It gets these and no others.`),
    })
    .describe(`A source that ${named}’s connector answers.`);

const [first, ...rest] = connectors.map(toInstance);
if (!first) throw new TypeError('there is no connector');

/** One entry of `sources`. */
export const sourceEntry = z.discriminatedUnion('connector', [first, ...rest]);

/** What is wrong with the value of a header, if anything is. Space around it, such as a line's end, is not sent. */
export const problemOfHeader = (value: string): string | undefined =>
  /^[\t\x20-\x7e\x80-\xff]*$/.test(value.trim())
    ? undefined
    : 'has a character that no header may have';

/** One entry of `mcpServers`: the form that other MCP hosts use, and what only we need. */
export const serverEntry = z
  .strictObject({
    type: z
      .enum(['stdio', 'http'])
      .optional()
      .describe('stdio with command, http with url; may be left out.'),
    command: text.min(1).optional().describe('The program to start, found on PATH. No shell.'),
    args: z.array(variable).optional(),
    env: z
      .record(z.string().regex(/^[^=]+$/, 'is no name of a variable'), variable)
      .optional()
      .describe('Its variables. It gets these, PATH, HOME and the like, and no others.'),
    cwd: text.min(1).optional().describe('The folder it runs in.'),
    url: z
      .string()
      .optional()
      .describe('Where it speaks Streamable HTTP: https, or http on this machine.'),
    headers: z
      .record(
        z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'is no name of a header'),
        z.string().describe('The value. ${NAME} is filled from the environment.'),
      )
      .optional()
      .describe('Sent with each request, e.g. Authorization.'),
    title: title.optional(),
    readTools: z
      .array(z.string().min(1).max(128))
      .max(64)
      .optional()
      .describe(
        'The tools that only read. No other is offered; what the server says of itself does not count.',
      ),
    disabled: z.boolean().optional().describe('true: as if it were not there.'),
  })
  .check(({ value, issues }) => {
    const fault = (path: string[], message: string) =>
      issues.push({ code: 'custom', path, message, input: value });
    if (value.command === undefined && value.url === undefined)
      fault([], 'needs a command (a program on this machine) or a url');
    if (value.command !== undefined && value.url !== undefined)
      fault(['url'], 'stands beside a command; it is one or the other');
    if (value.type === 'http' && value.url === undefined && value.command !== undefined)
      fault(['type'], 'is http, which needs a url');
    if (value.type === 'stdio' && value.command === undefined && value.url !== undefined)
      fault(['type'], 'is stdio, which needs a command');
    const alien = value.url === undefined ? ['headers'] : ['args', 'env', 'cwd'];
    for (const key of alien)
      if (key in value)
        fault([key], `belongs to a server with a ${value.url === undefined ? 'url' : 'command'}`);
  });

export type SourceEntry = z.output<typeof sourceEntry>;
export type ServerEntry = z.output<typeof serverEntry>;

/** The file around its entries: these are looked at one by one, so that a fault in one hides none in another. */
export const frame = z.strictObject({
  $schema: z.string().optional(),
  sources: z.record(sourceName, z.unknown()).default({}),
  mcpServers: z.record(sourceName, z.unknown()).default({}),
});

/** The whole file, for its JSON Schema. */
export const sourcesFile = frame
  .extend({
    sources: z
      .record(sourceName, sourceEntry)
      .optional()
      .describe('Further instances of our connectors, by name.'),
    mcpServers: z
      .record(sourceName, serverEntry)
      .optional()
      .describe('MCP servers of others, by name.'),
  })
  .describe(
    'The data sources of ConnectorMCP that are not configured by environment variables alone.',
  );

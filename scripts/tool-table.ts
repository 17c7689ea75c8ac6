import { z } from 'zod';
import type { Tool } from '../src/connectors/connector.ts';

/** The tools as a Markdown table: name, arguments with their defaults, what for. Writes are marked as such. */
export function toToolTable(tools: readonly Tool[]): string {
  const rows = tools.map(({ name, description, input, annotations }) =>
    toRow([
      `\`${name}\`${annotations.readOnlyHint ? '' : ' (write)'}`,
      toArguments(input).join(', ') || '–',
      description,
    ]),
  );
  return [toRow(['Tool', 'Arguments', 'What for']), '|---|---|---|', ...rows].join('\n');
}

const toRow = (cells: string[]) =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;

/** `table`, `database?`, `limit=100`. */
function toArguments(input: z.ZodObject): string[] {
  const { properties = {}, required = [] } = z.toJSONSchema(input, { io: 'input' });
  return Object.entries(properties).map(([name, schema]) => {
    const byDefault = typeof schema === 'object' ? schema.default : undefined;
    if (byDefault !== undefined) return `\`${name}=${JSON.stringify(byDefault)}\``;
    return `\`${name}${required.includes(name) ? '' : '?'}\``;
  });
}

const begin = '<!-- tools: written by npm run docs -->';
const end = '<!-- /tools -->';

/**
 * The README with this table in the place that is marked for it.
 *
 * @throws when no place is marked.
 */
export function putTable(readme: string, table: string): string {
  const [before, rest] = readme.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined)
    throw new Error(`The README has no place for its tools: ${begin} … ${end}`);
  return `${before}${begin}\n${table}\n${end}${after}`;
}

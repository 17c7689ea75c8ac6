import { createHash } from 'node:crypto';
import type { SeenTool, SeenTools } from '../store/accepted-tools.ts';

/** How the tools of a source differ from those that were accepted, by name. */
export interface ToolChange {
  /** The configuration named them, and the server did not have them. */
  added: SeenTool[];
  changed: { before: SeenTool; after: SeenTool }[];
}

/**
 * What an operator must look at before the tools that are seen may be offered; nothing when all is as accepted.
 *
 * A tool that is gone is no danger. One that the configuration did not name then is the operator's own wish.
 */
export function toChange(accepted: SeenTools, seen: SeenTools): ToolChange | undefined {
  const before = new Map(accepted.tools.map((tool) => [tool.name, tool]));
  const change: ToolChange = { added: [], changed: [] };
  for (const after of seen.tools) {
    const known = before.get(after.name);
    if (known && known.hash !== after.hash) change.changed.push({ before: known, after });
    if (!known && accepted.named.includes(after.name)) change.added.push(after);
  }
  return change.added.length + change.changed.length > 0 ? change : undefined;
}

/** What is accepted when the tools that are seen are: those that are gone are remembered, in case they come back. */
export const withSeen = (accepted: SeenTools, seen: SeenTools): SeenTools => ({
  tools: [
    ...accepted.tools.filter(({ name }) => !seen.tools.some((tool) => tool.name === name)),
    ...seen.tools,
  ],
  named: [...new Set([...accepted.named, ...seen.named])],
  at: seen.at,
});

/** The same for the same tools, in whatever order they came: 12 hexadecimal digits, for people to compare. */
export const fingerprintOf = ({ tools, named }: SeenTools): string =>
  sha256(
    [...tools.map(({ name, hash }) => `${name} ${hash}`).sort(), ...named.toSorted()].join('\n'),
  ).slice(0, 12);

/**
 * The hash of what a server says of a tool, the same for the same content in whatever order its keys stand.
 *
 * @throws RangeError when it is nested deeper than 64 levels
 */
export const hashOf = (name: string, description: unknown, inputSchema: unknown): string =>
  sha256(canonical([name, description, inputSchema]));

function canonical(value: unknown, depth = 0): string {
  if (depth > 64) throw new RangeError('nested too deep');
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item, depth + 1)}`);
  return `{${members.join()}}`;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

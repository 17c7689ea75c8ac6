import { nearest } from '../nearest.ts';
import { outsideText } from '../outside-text.ts';
import type { SeenTool } from '../store/accepted-tools.ts';
import { safeSchema } from './safe-schema.ts';
import { hashOf } from './tool-change.ts';
import type { ToolDefinition } from './toolbox.ts';

/** Of what a server lists, the tools that our configuration names. */
export interface NamedTools {
  tools: SeenTool[];
  /** A sentence each for a name that stands for no tool that can be offered. */
  warnings: string[];
}

const maxDescription = 1_024;

/** What people and suggestions show of a name from outside. */
const showable = /^[\w.-]{1,64}$/;

/**
 * Takes the named tools out of somebody else's list, their texts cleaned and cut and their schemas built anew. Nothing
 * that the server says of a tool makes it more than it is here: a name on the operator's list.
 *
 * @param source the name of the source, which stands before the names of the tools
 */
export function toNamedTools(
  source: string,
  named: readonly string[],
  listed: unknown[],
): NamedTools {
  const byName = Map.groupBy(listed.filter(isTool), ({ name }) => name);
  const names = [...byName.keys()].filter((name) => showable.test(name));
  if (named.length === 0) return { tools: [], warnings: [nothingNamed(names)] };
  const found = named.map((name) => toSeenTool(source, name, byName.get(name) ?? [], names));
  return {
    tools: found.filter((tool) => typeof tool !== 'string'),
    warnings: found.filter((tool) => typeof tool === 'string'),
  };
}

function toSeenTool(
  source: string,
  name: string,
  alike: RawTool[],
  names: string[],
): SeenTool | string {
  const [tool, twin] = alike;
  if (!tool)
    return `readTools names ${name}, which the server does not have${didYouMean(name, names)}`;
  if (twin) return `The server has two tools called ${name}, so neither is offered.`;
  if (!isOfferable(toolName(source, name)))
    return `The tool ${name} is not offered: with the source’s name before it, a name may have 64 letters, digits, _ and -.`;
  const hash = tryHash(tool);
  const inputSchema = hash && safeSchema(tool.inputSchema);
  if (!inputSchema || !hash)
    return `The tool ${name} is not offered: its arguments are described in a way that can’t be passed on.`;
  const description = outsideText(
    typeof tool.description === 'string' ? tool.description : '',
    maxDescription,
  );
  return { name, hash, description, inputSchema };
}

/** What the model is offered. */
export const toDefinition = (
  source: string,
  { name, description, inputSchema }: Pick<SeenTool, 'name' | 'description' | 'inputSchema'>,
  label?: string,
): ToolDefinition => ({
  name: toolName(source, name),
  description: label ? `[${label}] ${description}` : description,
  inputSchema,
  source,
  readOnly: true,
});

const toolName = (source: string, tool: string) => `${source}__${tool}`;

/** Whether Claude's API takes it as the name of a tool. */
export const isOfferable = (name: string): boolean => /^[a-zA-Z0-9_-]{1,64}$/.test(name);

interface RawTool {
  name: string;
  description?: unknown;
  inputSchema?: unknown;
}

const isTool = (value: unknown): value is RawTool =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';

function tryHash({ name, description, inputSchema }: RawTool): string | undefined {
  try {
    return hashOf(name, description, inputSchema);
  } catch {
    return undefined;
  }
}

const didYouMean = (name: string, names: string[]) => {
  const [close] = nearest(name, names, 1);
  return close ? `; did you mean ${close}?` : '.';
};

const shown = 8;

function nothingNamed(names: string[]): string {
  const some = names.slice(0, shown).join(', ');
  const more = names.length > shown ? ` and ${names.length - shown} more` : '';
  return `None of its tools is offered: name those that only read in readTools${some ? ` (it has ${some}${more})` : ''}.`;
}

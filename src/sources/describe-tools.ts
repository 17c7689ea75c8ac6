import { fingerprintOf, type ToolChange, toChange } from '../agent/tool-change.ts';
import type { SeenTool, SeenTools } from '../store/accepted-tools.ts';

/** What is remembered of a source's tools, and what of it waits for an operator. */
export interface KnownSource {
  source: string;
  accepted: SeenTools;
  held?: SeenTools;
}

/** What `npm run sources` shows of a source: since when its tools are as they are, or what has changed and how to accept that. */
export function describeTools({ source, accepted, held }: KnownSource): string {
  const since = new Date(accepted.at).toISOString().slice(0, 16).replace('T', ' ');
  const known = `${source}: ${accepted.tools.length} ${accepted.tools.length === 1 ? 'tool' : 'tools'} as accepted on ${since} UTC`;
  if (!held) return known;
  return [
    known,
    '  The server now says otherwise, and nothing of it is offered:',
    describeChange(accepted, held),
    `  Accept that: npm run sources -- accept ${source} ${fingerprintOf(held)}`,
  ].join('\n');
}

/** The difference, tool by tool, as the model would read it. */
export function describeChange(accepted: SeenTools, held: SeenTools): string {
  const { added, changed }: ToolChange = toChange(accepted, held) ?? { added: [], changed: [] };
  return [
    ...added.flatMap((tool) => [
      `  + ${tool.name} (new)`,
      ...textsOf(tool).map((text) => `      + ${text}`),
    ]),
    ...changed.flatMap(({ before, after }) => [`  ~ ${after.name}`, ...differences(before, after)]),
  ].join('\n');
}

function differences(before: SeenTool, after: SeenTool): string[] {
  const [old, now] = [textsOf(before), textsOf(after)];
  const lines = old.flatMap((text, index) =>
    text === now[index] ? [] : [`      - ${text}`, `      + ${now[index]}`],
  );
  return lines.length > 0 ? lines : ['      only in what the model is not shown'];
}

const textsOf = ({ description, inputSchema }: SeenTool) => [
  description || '(no description)',
  JSON.stringify(inputSchema),
];

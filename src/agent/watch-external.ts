import type { Log } from '../log.ts';
import type { AcceptedTools, SeenTools } from '../store/accepted-tools.ts';
import { toDefinition, toNamedTools } from './external-tools.ts';
import type { McpChild } from './mcp-client.ts';
import type { Source } from './source.ts';
import { type Findings, SourceProblem, type SourceWatch } from './source-watch.ts';
import { toStartProblem } from './start-problem.ts';
import { fingerprintOf, type ToolChange, toChange, withSeen } from './tool-change.ts';

/** How long a server may take to list its tools, in milliseconds. */
const patience = 10_000;

/**
 * Looks at somebody else's server: of its tools those are offered that our configuration names, as long as they are as
 * they were when they were first seen or last accepted. One that has changed puts the whole source into quarantine.
 *
 * @param named the tools that only read
 * @param memory what was accepted; asked for when it is first needed, since the store may still be opening
 */
export function watchExternal(
  source: Source,
  named: string[],
  memory: () => Promise<AcceptedTools>,
  log: Log,
): SourceWatch {
  let last: { fingerprint: string; findings: Findings } | undefined;

  async function look(child: McpChild): Promise<Findings> {
    const { tools, warnings } = toNamedTools(
      source.name,
      named,
      await child.listAnyTools(patience),
    );
    const seen: SeenTools = { tools, named, at: Date.now() };
    const fingerprint = fingerprintOf(seen);
    const warning = warnings.join(' ').slice(0, 500) || undefined;
    if (last?.fingerprint === fingerprint) return { ...last.findings, warning };

    const change = await compare(seen, fingerprint);
    if (change) return { tools: [], quarantine: toQuarantine(change) };
    const offered = tools.map((tool) => toDefinition(source.name, tool, source.label));
    last = { fingerprint, findings: { tools: offered } };
    return { tools: offered, warning };
  }

  /** Notes what is new to us, and gives what must be looked at before anything is offered. */
  async function compare(seen: SeenTools, fingerprint: string): Promise<ToolChange | undefined> {
    const found = { source: source.name, tools: seen.tools.length, fingerprint };
    try {
      const accepted = await memory();
      const before = await accepted.acceptFirst(source.name, seen);
      if (before.at === seen.at) log.info(found, 'tools accepted at first sight');
      const change = toChange(before, seen);
      if (change) {
        last = undefined;
        await accepted.hold(source.name, withSeen(before, seen));
        return change;
      }
      const after = withSeen(before, seen);
      if (fingerprintOf(after) === fingerprintOf(before))
        await accepted.hold(source.name, undefined);
      else await accepted.accept(source.name, after);
      return undefined;
    } catch (cause) {
      throw new SourceProblem('It can’t be looked up which of its tools were accepted.', { cause });
    }
  }

  return { admit: look, ask: look, problemOf: toStartProblem };
}

function toQuarantine({ added, changed }: ToolChange): string {
  const counts = [
    ...(added.length > 0 ? [`${added.length} new`] : []),
    ...(changed.length > 0 ? [`${changed.length} changed`] : []),
  ];
  return `Its tools have changed: ${counts.join(', ')}. None is offered until an operator has looked: npm run sources.`;
}

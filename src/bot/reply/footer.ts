import type { ToolProof } from '../../agent/events.ts';
import type { ReplyState, ToolWork } from './state.ts';

/**
 * What an answer rests on, for below it: `MySQL · 12 of 500 rows · 2 calls · 0.4 s`, one line for each source,
 * then limits and notes. Empty when there is nothing to say.
 */
export function footerLines({ tools, notes, end }: ReplyState): string[] {
  const finished = Map.groupBy(
    tools.filter(({ outcome }) => outcome),
    ({ source }) => source,
  );
  return [
    ...[...finished].map(([source, calls]) => toProof(source, calls)),
    ...(end?.type === 'done' && end.reason === 'limit'
      ? ['I reached a limit, so this may be incomplete.']
      : []),
    ...notes,
  ];
}

function toProof(source: string, calls: ToolWork[]): string {
  const outcomes = calls.flatMap(({ outcome }) => outcome ?? []);
  // The last call with rows is what the answer most likely rests on; the ones before it found the way.
  const proof = outcomes.findLast(({ ok, proof: { rows } }) => ok && rows !== undefined)?.proof;
  const failed = outcomes.filter(({ ok }) => !ok).length;
  const ms = outcomes.reduce((sum, outcome) => sum + outcome.ms, 0);
  return [
    source,
    proof && toRows(proof),
    calls.length > 1 && `${calls.length} calls`,
    failed > 0 && `${failed} failed`,
    toSeconds(ms),
  ]
    .filter(Boolean)
    .join(' · ');
}

function toRows({ rows = 0, total, truncated }: ToolProof): string {
  if (total !== undefined && total > rows) return `${count(rows)} of ${count(total)} rows`;
  if (truncated) return `first ${count(rows)} rows`;
  return rows === 1 ? '1 row' : `${count(rows)} rows`;
}

const count = (value: number): string => value.toLocaleString('en-US');

const toSeconds = (ms: number): string => `${Math.max(0.1, ms / 1000).toFixed(1)} s`;

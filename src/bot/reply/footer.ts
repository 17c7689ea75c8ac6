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
  const proof = proofOf(calls);
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

/**
 * What the last step with rows found is what the answer most likely rests on; the ones before it found the way. Several
 * calls of one tool in it, as one for each bucket, found that together.
 */
function proofOf(calls: ToolWork[]): ToolProof | undefined {
  const withRows = calls.filter(({ outcome }) => outcome?.ok && outcome.proof.rows !== undefined);
  const last = withRows.filter(({ step }) => step === withRows.at(-1)?.step);
  const telling = last.findLast(({ outcome }) => outcome?.proof.rows) ?? last.at(-1);
  return last
    .filter(({ tool }) => tool === telling?.tool)
    .flatMap(({ outcome }) => outcome?.proof ?? [])
    .reduce<ToolProof | undefined>((sum, one) => (sum ? together(sum, one) : one), undefined);
}

const together = (a: ToolProof, b: ToolProof): ToolProof => ({
  rows: (a.rows ?? 0) + (b.rows ?? 0),
  ...(a.total !== undefined && b.total !== undefined && { total: a.total + b.total }),
  ...((a.truncated || b.truncated) && { truncated: true }),
});

function toRows({ rows = 0, total, truncated }: ToolProof): string {
  if (total !== undefined && total > rows) return `${count(rows)} of ${count(total)} rows`;
  if (truncated) return `first ${count(rows)} rows`;
  return rows === 1 ? '1 row' : `${count(rows)} rows`;
}

const count = (value: number): string => value.toLocaleString('en-US');

const toSeconds = (ms: number): string => `${Math.max(0.1, ms / 1000).toFixed(1)} s`;

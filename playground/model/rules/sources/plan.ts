import type { CallResult } from '../conversation.ts';
import { code } from '../markdown.ts';
import { toRecord } from '../schema.ts';

/** One call of a tool; `tool` stands without the source's name. */
export interface SourceCall {
  source: string;
  tool: string;
  input: Record<string, unknown>;
}

/**
 * How a question is answered: yields calls that may be made side by side, takes their results in the same order, and
 * returns what it found out; a whole plan returns the answer's Markdown.
 *
 * The model remembers nothing, so a plan runs anew for each turn: the same results have to lead to the same calls.
 */
export type Steps<Found> = Generator<SourceCall[], Found, CallResult[]>;
export type Plan = Steps<string>;

/** Ends a plan early. Its message is the answer. */
export class NoAnswer extends Error {
  override name = 'NoAnswer';
}

/** What a tool gave. */
export type Data = Record<string, unknown>;

/** @throws NoAnswer in the source's own words, where the call failed. */
export function* call(source: string, tool: string, input: Data): Steps<Data> {
  const [data] = yield* callAll([{ source, tool, input }]);
  return data ?? {};
}

/** Side by side. @throws NoAnswer where the first of them that failed did so. */
export function* callAll(calls: SourceCall[]): Steps<Data[]> {
  const results = yield calls;
  return results.map(dataOf);
}

/** Side by side; nothing for those that failed. */
export function* tryAll(calls: SourceCall[]): Steps<(Data | undefined)[]> {
  const results = yield calls;
  return results.map((result) => (result.ok ? toRecord(result.data) : undefined));
}

/** @throws NoAnswer where the call failed. */
export function dataOf(result: CallResult): Data {
  if (!result.ok) throw new NoAnswer(phraseError(result.error));
  return toRecord(result.data);
}

/** `NOT_FOUND: no issue SHOP-999. Try: SHOP-99.` in plain words. */
export function phraseError(error: string): string {
  const [line = ''] = error.split('\n');
  const [, kind = '', said = line] = /^([A-Z_]{4,20}): (.+)$/.exec(line) ?? [];
  const lead = leads[kind] ?? 'That did not work. The source says:';
  return `${lead} ${code(said.slice(0, 400))}`;
}

const leads: Record<string, string> = {
  NOT_FOUND: 'I did not find that. The source says:',
  AUTH_FAILED: 'I could not sign in there. The source says:',
  MISSING_PERMISSION: 'I may not read that. The source says:',
  RATE_LIMITED: 'The source is busy right now. It says:',
  TIMEOUT: 'That took too long. The source says:',
};

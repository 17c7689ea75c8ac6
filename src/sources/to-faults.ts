import type { z } from 'zod';
import { connectors } from '../connectors/index.ts';
import { nearest } from '../nearest.ts';
import { frame, serverEntry } from './sources-file.ts';

/** What is wrong with a part of the file, without its full stop. */
export interface Fault {
  path: PropertyKey[];
  problem: string;
}

/**
 * What zod found, in words of ours: one fault for each unknown key, with the nearest that exists.
 *
 * @param path where in the file the value stands
 * @param value what was looked at, to tell what is missing from what is wrong
 */
export const toFaults = (error: z.ZodError, path: PropertyKey[], value: unknown): Fault[] =>
  error.issues.flatMap((issue) => {
    const at = [...path, ...issue.path];
    const given = valueAt(value, issue.path);
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ path: [...at, key], problem: unknownKey(key, at, value) }));
    return [{ path: at, problem: toProblem(issue, given) }];
  });

function toProblem(issue: z.core.$ZodIssue, given: unknown): string {
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? 'is no name';
  if (given === undefined && issue.code !== 'custom') return 'is missing';
  if (issue.code === 'invalid_type') return `must be ${kinds[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_union') return noConnector(given);
  if (issue.code === 'invalid_value') return `must be ${issue.values.join(' or ')}`;
  if (issue.code === 'too_big')
    return `must have at most ${issue.maximum} ${issue.origin === 'array' ? 'items' : 'characters'}`;
  if (issue.code === 'too_small') return 'must not be empty';
  return issue.message;
}

const kinds: Record<string, string> = {
  object: 'an object: { … }',
  record: 'an object: { … }',
  array: 'a list: [ … ]',
  string: 'text in double quotes',
  boolean: 'true or false',
};

function noConnector(given: unknown): string {
  const names = connectors.map(({ name }) => name);
  return `there is no connector ${JSON.stringify(given)?.slice(0, 60)}; ${didYouMean(String(given), names) || `there are ${names.join(', ')}`}`;
}

function unknownKey(key: string, at: PropertyKey[], value: unknown): string {
  const known = keysAt(at, value);
  return ['is unknown', didYouMean(key, known) || `there are ${known.join(', ')}`].join('; ');
}

/** The keys that may stand at a place: only three kinds of object have a fixed set. */
function keysAt([section, , part]: PropertyKey[], entry: unknown): string[] {
  if (section === undefined) return Object.keys(frame.shape).filter((key) => key !== '$schema');
  if (section === 'mcpServers') return Object.keys(serverEntry.shape);
  if (part !== 'env') return ['connector', 'title', 'env'];
  const connector = connectors.find(({ name }) => name === valueAt(entry, ['connector']));
  return Object.keys(connector?.env.shape ?? {});
}

const didYouMean = (word: string, names: string[]) => {
  const [close] = nearest(word, names, 1);
  return close ? `did you mean ${close}?` : '';
};

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  );

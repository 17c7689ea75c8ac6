import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import type { Source } from '../agent/source.ts';
import { JsonFault, type LocatedJson, type Position, parseJson } from './parse-json.ts';
import { frame, serverEntry, sourceEntry } from './sources-file.ts';
import { type Fault, toFaults } from './to-faults.ts';
import { type ReadSource, toExternal, toInstance } from './to-source.ts';

/** What `connectormcp.json` says. */
export interface SourcesFile {
  sources: Source[];
  /** Values in it that must never leave the process in an answer. */
  secrets: string[];
  /** One line each, with its place: `connectormcp.json:4:13 sources.mysql-prod.env.MYSQL_PROT: is unknown; …`. */
  faults: string[];
}

/** Larger ones are no configuration. */
const maxBytes = 1024 * 1024;

/** More of them nobody reads. */
const mostFaults = 100;

/**
 * Reads the file that CONNECTORMCP_CONFIG names, else `connectormcp.json` beside where the process was started, which
 * need not exist.
 *
 * @param taken the names of sources that the environment configures
 */
export function readSourcesFile(env: NodeJS.ProcessEnv, taken: readonly string[]): SourcesFile {
  const named = env.CONNECTORMCP_CONFIG?.trim();
  const file = named || 'connectormcp.json';
  const short = path.basename(file);
  const text = readText(file, named !== undefined && named !== '');
  if (typeof text !== 'string')
    return nothing(text.fault ? [`CONNECTORMCP_CONFIG: ${text.fault}`] : []);
  const line = ({ line, column }: Position, rest: string) => `${short}:${line}:${column} ${rest}`;
  try {
    const json = parseJson(text);
    const { sources, faults } = readSources(json, taken, env);
    return {
      sources: sources.map(({ source }) => source),
      secrets: sources.flatMap(({ secrets }) => secrets),
      faults: faults
        .slice(0, mostFaults)
        .map(({ path, problem }) => ({ position: json.at(path), path, problem }))
        .sort((a, b) => comparePositions(a.position, b.position))
        .map(({ position, path, problem }) =>
          line(position, `${path.map(String).join('.') || 'the file'}: ${problem}`),
        ),
    };
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    return nothing([line(error.position, error.message)]);
  }
}

const comparePositions = (a: Position, b: Position) => a.line - b.line || a.column - b.column;

const nothing = (faults: string[]): SourcesFile => ({ sources: [], secrets: [], faults });

function readText(file: string, mustExist: boolean): string | { fault?: string } {
  try {
    const bytes = readFileSync(file);
    if (bytes.length > maxBytes) return { fault: `${file} has more than 1 MB` };
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return mustExist ? { fault: `there is no file ${file}` } : {};
    return {
      fault: `${file} can’t be read${error instanceof TypeError ? ', since it is not UTF-8' : ` (${code})`}`,
    };
  }
}

/** All sources of the file, and all faults. */
function readSources(
  { value }: LocatedJson,
  taken: readonly string[],
  env: NodeJS.ProcessEnv,
): { sources: ReadSource[]; faults: Fault[] } {
  const whole = frame.safeParse(value);
  const faults = whole.success ? [] : toFaults(whole.error, [], value);
  const names = new Set(taken);
  const sources: ReadSource[] = [];

  function readEntries<S extends z.ZodType>(
    section: 'sources' | 'mcpServers',
    schema: S,
    toSource: (name: string, entry: z.output<S>) => ReadSource | undefined,
  ): void {
    for (const [name, raw] of Object.entries(sectionOf(value, section))) {
      const entry = schema.safeParse(raw);
      if (!entry.success) {
        faults.push(...toFaults(entry.error, [section, name], raw));
        continue;
      }
      const source = toSource(name, entry.data);
      if (!source) continue;
      if (names.has(name))
        faults.push({
          path: [section, name],
          problem: taken.includes(name) ? takenByVariables : takenByFile,
        });
      names.add(name);
      faults.push(
        ...source.faults.map(({ path, problem }) => ({ path: [section, name, ...path], problem })),
      );
      sources.push(source);
    }
  }

  readEntries('sources', sourceEntry, (name, entry) => toInstance(name, entry, env));
  readEntries('mcpServers', serverEntry, (name, entry) =>
    entry.disabled ? undefined : toExternal(name, entry, env),
  );
  return { sources, faults };
}

const takenByVariables =
  'the environment’s variables configure a source of this name already; choose another';
const takenByFile = 'there is a source of this name already; choose another';

/** A section's entries, also in a file with faults elsewhere. */
function sectionOf(value: unknown, section: string): Record<string, unknown> {
  const entries =
    typeof value === 'object' && value !== null && Object.hasOwn(value, section)
      ? (value as Record<string, unknown>)[section]
      : {};
  return typeof entries === 'object' && entries !== null && !Array.isArray(entries)
    ? (entries as Record<string, unknown>)
    : {};
}

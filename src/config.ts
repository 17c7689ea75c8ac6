import { z } from 'zod';
import { StartError } from './errors.ts';

type Schemas = Record<string, z.ZodType>;
type Values<S extends Schemas> = { [K in keyof S]: z.infer<S[K]> };

/** A variable that is missing or wrong, and what belongs there. */
export interface VariableFault {
  /** Empty when it is about several together. */
  name: string;
  /** Without its full stop: `is missing — the name of the server`. */
  problem: string;
}

/**
 * Reads every part's variables at once, so that one message lists all that is wrong.
 *
 * An empty variable counts as missing: `FOO=` in a `.env` file means "not set".
 *
 * @param more.elsewhere lines about faults found elsewhere, told in the same message
 * @param more.advice where variables are set
 * @throws StartError naming each missing or wrong variable and what belongs there (the field's `description`).
 */
export function readConfig<S extends Schemas>(
  schemas: S,
  env: NodeJS.ProcessEnv,
  { elsewhere = [], advice = inFile }: { elsewhere?: readonly string[]; advice?: string } = {},
): Values<S> {
  const parts = Object.entries(schemas).map(
    ([part, schema]) => [part, readVariables(schema, env)] as const,
  );
  const faults = parts
    .flatMap(([, { faults }]) => faults)
    .map(({ name, problem }) => `${name || 'configuration'}: ${problem}`);
  if (faults.length + elsewhere.length > 0)
    throw new StartError(toMessage(faults, elsewhere, advice));
  return Object.fromEntries(parts.map(([part, { values }]) => [part, values])) as Values<S>;
}

/** The values of one part's variables, or what is wrong with them. */
export function readVariables<S extends z.ZodType>(
  schema: S,
  env: NodeJS.ProcessEnv,
): { values: z.infer<S> | undefined; faults: VariableFault[] } {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const result = schema.safeParse(set);
  return {
    values: result.data,
    faults: result.error?.issues.map((issue) => toFault(issue, schema, set)) ?? [],
  };
}

function toFault(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  set: Record<string, string | undefined>,
): VariableFault {
  const name = issue.path.join('.');
  const field = schema instanceof z.ZodObject ? schema.shape[name] : undefined;
  const about = field instanceof z.ZodType ? field.description : undefined;
  return { name, problem: `${toProblem(issue, name in set)}${about ? ` — ${about}` : ''}` };
}

function toProblem(issue: z.core.$ZodIssue, isSet: boolean): string {
  if (issue.code === 'invalid_type')
    return isSet
      ? `must be a ${issue.expected === 'int' ? 'whole number' : issue.expected}`
      : 'is missing';
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`;
  if (issue.code === 'too_small' && issue.origin === 'number')
    return `must be at least ${issue.minimum}`;
  return issue.message;
}

const inFile = 'Set them in .env (see .env.example) or in the environment.';

function toMessage(
  variables: readonly string[],
  elsewhere: readonly string[],
  advice: string,
): string {
  const faults = [...variables, ...elsewhere];
  return [
    `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:`,
    ...faults.map((fault) => `  ${fault}`),
    ...(variables.length > 0 ? [advice] : []),
  ].join('\n');
}

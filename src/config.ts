import { z } from 'zod';
import { StartError } from './errors.ts';

type Schemas = Record<string, z.ZodType>;
type Values<S extends Schemas> = { [K in keyof S]: z.infer<S[K]> };

/**
 * Reads every part's variables at once, so that one message lists all that is wrong.
 *
 * An empty variable counts as missing: `FOO=` in a `.env` file means "not set".
 *
 * @throws StartError naming each missing or wrong variable and what belongs there (the field's `description`).
 */
export function readConfig<S extends Schemas>(schemas: S, env: NodeJS.ProcessEnv): Values<S> {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const faults: string[] = [];
  const values = Object.fromEntries(
    Object.entries(schemas).map(([part, schema]) => {
      const result = schema.safeParse(set);
      if (!result.success)
        faults.push(...result.error.issues.map((issue) => toFault(issue, schema, set)));
      return [part, result.data];
    }),
  );
  if (faults.length > 0) throw new StartError(toMessage(faults));
  return values as Values<S>;
}

function toFault(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  set: Record<string, string | undefined>,
): string {
  const name = issue.path.join('.');
  const field = schema instanceof z.ZodObject ? schema.shape[name] : undefined;
  const about = field instanceof z.ZodType ? field.description : undefined;
  return `  ${name || 'configuration'}: ${toProblem(issue, name in set)}${about ? ` — ${about}` : ''}`;
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

const toMessage = (faults: string[]) =>
  [
    `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:`,
    ...faults,
    'Set them in .env (see .env.example) or in the environment.',
  ].join('\n');

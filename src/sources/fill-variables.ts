/** A text with its variables filled in, or what is wrong with it. */
export type Filled = { text: string } | { fault: string };

/**
 * Fills `${VAR}` and `${VAR:-default}` from the environment; a `$` elsewhere stays.
 *
 * An empty variable counts as missing, as everywhere in the configuration. What was filled in is not looked at again.
 */
export function fillVariables(text: string, env: NodeJS.ProcessEnv): Filled {
  const faults: string[] = [];
  const filled = text.replace(/\$\{([^}]*)(\}?)/g, (whole, inner: string, end: string) => {
    const [, name = '', fallback] = /^([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/s.exec(inner) ?? [];
    const set = Object.hasOwn(env, name) ? env[name] : undefined; // process.env inherits
    const value = set?.trim() ? set : fallback;
    if (!name || !end)
      faults.push(`${whole.slice(0, 60)} is no variable; write \${NAME} or \${NAME:-default}`);
    else if (value === undefined) faults.push(`\${${name}} is not set in the environment`);
    return value ?? '';
  });
  const [fault] = faults;
  return fault ? { fault } : { text: filled };
}

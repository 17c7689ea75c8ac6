/** What an account may do beyond reading, from what SHOW GRANTS says. */
export interface Rights {
  /** Rights over the server or its files: `FILE`, `SUPER`, all at once. */
  dangerous: string[];
  /** Rights to change data or tables. */
  writing: string[];
}

const dangerous =
  /^(ALL PRIVILEGES|FILE|SUPER|PROCESS|SHUTDOWN|RELOAD|CREATE USER|CREATE ROLE|DROP ROLE|GRANT OPTION|[A-Z_ ]*_?ADMIN|REPLICATION [A-Z ]+|SET USER|FEDERATED ADMIN)$/;
const harmless = /^(USAGE|SELECT|SHOW VIEW|SHOW DATABASES|SHOW CREATE ROUTINE|PROXY|LOCK TABLES)$/;

/** Reads the lines of SHOW GRANTS. Grants of roles are listed by the server among them once the role is active. */
export function readRights(grants: readonly string[]): Rights {
  const rights = new Set(grants.flatMap(toRights));
  const all = [...rights].sort();
  return {
    dangerous: all.filter((right) => dangerous.test(right)),
    writing: all.filter((right) => !dangerous.test(right) && !harmless.test(right)),
  };
}

function toRights(grant: string): string[] {
  const list = /^GRANT (.+?) ON /.exec(grant)?.[1];
  if (!list) return []; // `GRANT role TO account`
  const rights = list
    .replace(/\([^)]*\)/g, '')
    .split(',')
    .map((right) => right.trim());
  return /WITH .*GRANT OPTION/.test(grant) ? [...rights, 'GRANT OPTION'] : rights;
}

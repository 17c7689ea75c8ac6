const redacted = '[redacted]';

/** Shorter ones are no secrets, and redacting "shop" would make answers unreadable. */
const shortestSecret = 8;

/** Formats that are secrets wherever they come from. Each is bounded or anchored: no input makes them slow. */
const formats = new RegExp(
  [
    'xox[a-z]-[\\w-]{8,}',
    'xapp-\\d+-[\\w-]{8,}',
    '(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])',
    'sk-ant-[\\w-]{8,}',
    '(?<![A-Za-z0-9])sk-(?:proj|svcacct|admin)-[\\w-]{16,}',
    'gh[oprsu]_[A-Za-z0-9]{20,}',
    'github_pat_\\w{20,}',
    'glpat-[\\w-]{16,}(?:\\.[a-z0-9]{2,9})*',
    'AIza[\\w-]{30,}',
    'shp[a-z]{2}_[A-Fa-f0-9]{16,}',
    'ATATT[\\w=+/-]{16,}',
    '(?<![\\w-])eyJ[\\w-]{8,}\\.[\\w-]{8,}(?:\\.[\\w-]*)?',
    '-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)',
  ].join('|'),
  'g',
);
const userInfo = /:\/\/(?!\[redacted\]@)[^\s/@:]{0,100}:[^\s/]{1,200}@/g;

/** How the formats begin. */
const beginnings = [
  'xox[a-z]-',
  'xapp-',
  'AKIA',
  'ASIA',
  'sk-ant-',
  '(?<![A-Za-z0-9])sk-(?:proj|svcacct|admin)-',
  'gh[oprsu]_',
  'github_pat_',
  'glpat-',
  'AIza',
  'shp[a-z]{2}_',
  'ATATT',
  '(?<![\\w-])eyJ',
].join('|');

/** The beginning of a format at the end of a text that is still being written. */
const unfinishedFormat = new RegExp(`(?:${beginnings})[\\w.=+/-]*$|:\\/\\/[^\\s/@:]*:[^\\s/@]*$`);

/** The beginning of anything that is looked for. In JSON an escape may stand before it (`\neyJ`), or hide it (`\u0065yJ`). */
const anyBeginning = new RegExp(
  `${beginnings.replaceAll(/\(\?<!.*?\)/g, '')}|-----BEGIN |:\\/\\/[^\\s/]*@|\\\\[u/]`,
);

/** Whether a text, or a string of the JSON that it is, can hold a secret of a known form. Of most, one look says no. */
export const mayHoldSecret = (text: string): boolean => anyBeginning.test(text);

/** The text with `[redacted]` for each known secret format and each of the secrets given (8 characters or more). */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text.replaceAll(formats, redacted).replaceAll(userInfo, `://${redacted}@`);
  for (const secret of spellings(secrets)) clean = clean.replaceAll(secret, redacted);
  return clean;
}

/** Text that is still being written, up to where a secret may have begun: its first half must not be shown either. */
export function beforeOpenSecret(text: string, secrets: readonly string[]): string {
  const tail = text.slice(-400);
  const format = tail.search(unfinishedFormat);
  let hidden = format < 0 ? 0 : tail.length - format;
  for (const secret of spellings(secrets)) {
    let shared = Math.min(secret.length - 1, text.length);
    while (shared >= 4 && !text.endsWith(secret.slice(0, shared))) shared--;
    if (shared >= 4) hidden = Math.max(hidden, shared);
  }
  return hidden ? text.slice(0, -hidden) : text;
}

const known = new WeakMap<readonly string[], string[]>();

/** A secret as it is, in base64, and as part of a URL; longest first, so that none leaves a rest of another. */
function spellings(secrets: readonly string[]): string[] {
  const before = known.get(secrets);
  if (before) return before;
  const all = secrets
    .filter((secret) => secret.length >= shortestSecret)
    .map((secret) => secret.toWellFormed())
    .flatMap((secret) => [
      secret,
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('base64url'),
      encodeURIComponent(secret),
    ]);
  const unique = [...new Set(all)].sort((a, b) => b.length - a.length);
  known.set(secrets, unique);
  return unique;
}

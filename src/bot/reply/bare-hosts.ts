import { codeRanges } from './code-ranges.ts';

interface HostOptions {
  allowedHosts: readonly string[];
  /** Whether its reader knows code, in which Slack links no bare host. */
  hasCode: boolean;
}

/**
 * Every host without a scheme that a program may turn into a link, as text: `evil[.]ru/x`.
 *
 * That is any `name.letters` and IPv4 address that a path, query, fragment or port follows, `www.…`, and hosts
 * under well-known top-level domains. `schema.table`, file names, versions and e-mail addresses stay, as does
 * what is code. URLs with a scheme must have been judged before.
 */
export function defangHosts(text: string, { allowedHosts, hasCode }: HostOptions): string {
  const isCode = hasCode ? codeFinder(text) : () => false;
  return text.replaceAll(hostLike, (match: string, ...found: unknown[]) => {
    const [at, , { host, lead, port, mail }] = found.slice(-3) as [number, string, Found];
    if (!host) return match;
    const isMail =
      mail !== undefined || /[\p{L}\p{N}_]@$/u.test(text.slice(Math.max(0, at - 2), at));
    if (!mayBeLinked(host, lead !== undefined, isMail)) return match;
    if (allowedHosts.includes((host + (port ?? '')).toLowerCase())) return match;
    return isCode(at) ? match : host.replaceAll(/\\?\./g, '[.]');
  });
}

interface Found {
  host?: string;
  /** The beginning of a path, query, fragment or port. */
  lead?: string;
  port?: string;
  /** What makes it the name in an e-mail address. */
  mail?: string;
}

const character = String.raw`[\p{L}\p{M}\p{N}_-]`;
/** Markdown reads `\.` as `.`, and a host may end with a dot. */
const lead = String.raw`\\?\.?\\?(?:\/|[?#][^\s\p{L}\p{N}]*[\p{L}\p{N}]|:\d)`;
const mail = String.raw`(?:\+[\w.+-]{0,64})?@`;
/** A URL that was allowed, passed over; or names with dots between, however long: they are taken apart once. */
const hostLike = new RegExp(
  String.raw`:\/\/[^\s<>"'\x60|()[\]{}\\^]*|(?<!${character})(?<host>${character}+(?:\\?\.${character}+)+)(?=(?<lead>${lead})?)(?=(?<port>:\d{1,5})?)(?=(?<mail>${mail})?)`,
  'gu',
);

function mayBeLinked(host: string, hasLead: boolean, isMail: boolean): boolean {
  if (ipv4.test(host)) return hasLead;
  const last = host.slice(host.lastIndexOf('.') + 1).toLowerCase();
  const topLevel = /^[_-]*(\p{L}[\p{L}\p{M}]{1,62}|xn--[a-z0-9-]{1,59})[_-]*$/u.exec(last)?.[1];
  if (!topLevel) return false;
  if (hasLead) return !fileEndings.has(topLevel);
  return !isMail && (/^_*www\\?\./i.test(host) || wellKnown.has(topLevel));
}

const ipv4 = /^[_-]*\d{1,3}(?:\\?\.\d{1,3}){3}[_-]*$/;

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Endings of file names that are no top-level domains: `main.ts:42` and `data.parquet/part-0` lead nowhere. */
const fileEndings = words(`
  arrow avro bak cfg conf cpp css csv db doc docx env feather gif gz htm html ini ipynb jpeg jpg js json jsonl jsx
  lock log mjs ndjson orc parquet pdf php png ppt pptx rb sql sqlite svg tar tgz tmp toml ts tsv tsx txt webp xls
  xlsx xml yaml yml`);

/** Top-level domains that are hardly ever the name of a column, the ending of a file or a word after a full stop. */
const wellKnown = words(`
  com net org edu gov biz io ai co dev xyz gg ly cc pw tk ws icu vip
  ae ar au br ca ch cl cn cz de dk es eu fi fr gr hk hu ie il ir jp ke kr kz mx ng nl nz pk pt ro ru se sg su th tr
  tw ua uk vn za рф рус укр бел 中国 公司 网络`);

/** Tells whether a place is code; asked from left to right, and reads the text only when it is asked. */
function codeFinder(text: string): (at: number) => boolean {
  let ranges: ReturnType<typeof codeRanges> | undefined;
  let next = 0;
  return (at) => {
    ranges ??= codeRanges(text);
    while ((ranges[next]?.[1] ?? Number.POSITIVE_INFINITY) <= at) next++;
    return (ranges[next]?.[0] ?? Number.POSITIVE_INFINITY) <= at;
  };
}

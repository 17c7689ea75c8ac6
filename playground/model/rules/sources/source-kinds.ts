/** What a source is, whatever it is called here. */
export type SourceKind = 'sql' | 's3' | 'jira' | 'shopify';

interface Kind {
  kind: SourceKind;
  title: string;
  /** Tools that together no other kind has. */
  tools: readonly string[];
  /** How people name it. */
  words: RegExp;
}

export const sourceKinds: readonly Kind[] = [
  {
    kind: 'sql',
    title: 'the SQL database',
    tools: ['execute_query'],
    words: /(?<![.\w])(?:mysql|mariadb|sql|in (?:the|our) database)\b(?!\s+files?)/,
  },
  { kind: 's3', title: 'Amazon S3', tools: ['list_buckets', 'read_object'], words: /\bs3\b/ },
  { kind: 'jira', title: 'Jira', tools: ['search_issues', 'get_changelog'], words: /\bjira\b/ },
  {
    kind: 'shopify',
    title: 'Shopify',
    tools: ['list_orders', 'get_inventory'],
    words: /\bshopify\b/,
  },
];

export const titleOf = (kind: SourceKind): string =>
  sourceKinds.find((one) => one.kind === kind)?.title ?? kind;

/** Names of sources with the tools they offer. */
export type SourceTools = ReadonlyMap<string, ReadonlySet<string>>;

/** Which source is of which kind: the first of several; where only one is in use, no other may be asked. */
export function kindsOf(sources: SourceTools, only: string | undefined) {
  const found = sourceKinds.flatMap(({ kind, tools }) =>
    [...sources]
      .filter(([, offered]) => tools.every((tool) => offered.has(tool)))
      .map(([name]) => ({ kind, name })),
  );
  const usable = found.filter(({ name }) => only === undefined || name === only);
  return {
    /** By name. */
    all: new Map(found.map(({ name, kind }) => [name, kind])),
    sources: Object.fromEntries(
      usable.toReversed().map(({ kind, name }) => [kind, name]),
    ) as Partial<Record<SourceKind, string>>,
  };
}

/** A table as far as its name, columns and keys tell what refers to what. */
export interface KeyedTable {
  name: string;
  columns: KeyedColumn[];
}

export interface KeyedColumn {
  name: string;
  /** As the server writes it: `int(11) unsigned`. */
  type: string;
  /** Whether the column alone tells the table's rows apart. */
  key?: 'primary' | 'unique' | undefined;
  /** Whether a declared foreign key has it. */
  isReference: boolean;
}

/** A column that seems to refer to a key, though nobody declared it. */
export interface Inferred {
  table: string;
  column: string;
  ref_table: string;
  ref_column: string;
}

/** What the name of a key may end with. */
const keyWords = new Set('id uuid guid key code no nr num number sku isbn ean pk'.split(' '));
/** Those that may stand alone in many tables with a meaning of their own in each. */
const bareKeys = new Set('id uuid guid key code no nr num number pk'.split(' '));
/** Prefixes of tables that say nothing about what the table holds. */
const tablePrefixes = 't tb tbl tab d dim m mst master ref lkp lookup'.split(' ');
/** Whose key this is another system knows. */
const elsewhere = new Set(
  'adyen amazon apple braintree discord ebay ext external facebook foreign github gitlab google hubspot instagram intercom jira klarna legacy linkedin mailchimp microsoft old paypal quickbooks remote salesforce shopify slack stripe telegram tiktok twilio twitter whatsapp xero zendesk'.split(
    ' ',
  ),
);

/**
 * Guesses foreign keys by name and type: `customer_id` refers to `id` of `customers`, where that is a primary or unique
 * key of the same kind of type.
 *
 * Knows plurals, roles (`billing_customer_id`), prefixes that both tables share (`wp_posts.user_id` → `wp_users`), keys
 * that bear their table's name (`customer_id` of `customers`) and primary keys whose name only one table has (`sku`).
 * Guesses nothing for a bare `id` or `name`, for polymorphic pairs (`owner_type`, `owner_id`), or where two tables fit.
 */
export function inferRelationships(tables: readonly KeyedTable[]): Inferred[] {
  const keys = new Keys(tables.flatMap(toKeys));
  return tables.flatMap((table) => {
    const own = toWords(table.name);
    const names = new Set(table.columns.map(({ name }) => toWords(name).join('_')));
    return table.columns.flatMap((column) => {
      const words = toWords(column.name);
      const subject = words.slice(0, -1);
      // `owner_id` beside `owner_type` refers now to this table, now to that.
      if (column.isReference || names.has([...subject, 'type'].join('_'))) return [];
      const key = findKey(words, own, column, keys);
      // Only with a role is it another row: `tbl_order.parent_order_id`, not `tbl_order.order_id`.
      const hasRole = !isSameName(subject, own.slice(-subject.length));
      if (!key || (key.table === table.name && !hasRole)) return [];
      return {
        table: table.name,
        column: column.name,
        ref_table: key.table,
        ref_column: key.column,
      };
    });
  });
}

/** A key to which others may refer. */
interface Key {
  table: string;
  tableWords: string[];
  column: string;
  words: string[];
  family: string;
  isPrimary: boolean;
}

const toKeys = ({ name, columns }: KeyedTable): Key[] =>
  columns
    .filter(({ key }) => key)
    .map((column) => ({
      table: name,
      tableWords: toWords(name),
      column: column.name,
      words: toWords(column.name),
      family: toFamily(column.type),
      isPrimary: column.key === 'primary',
    }));

/** The keys of all tables, found by name without looking at each: there may be thousands. */
class Keys {
  readonly #byName: ReadonlyMap<string, Key[]>;
  readonly #byTable: ReadonlyMap<string, Key[]>;

  constructor(keys: Key[]) {
    this.#byName = Map.groupBy(keys, ({ words }) => words.join('_'));
    this.#byTable = Map.groupBy(keys, ({ words, tableWords }) => toId(words, tableWords));
  }

  /** Those of this name. */
  named(words: string[], family: string): Key[] {
    return (this.#byName.get(words.join('_')) ?? []).filter((key) => key.family === family);
  }

  /** Those of this name in tables of this name. */
  ofTable(words: string[], table: string[], family: string): Key[] {
    return (this.#byTable.get(toId(words, table)) ?? []).filter(
      (key) => key.family === family && isSameName(key.tableWords, table),
    );
  }
}

/** The same for names that differ in singular and plural only, and perhaps for others, too. */
const toId = (words: string[], table: string[]) =>
  JSON.stringify([words.join('_'), table.slice(0, -1), toStem(table.at(-1) ?? '')]);

function findKey(words: string[], own: string[], column: KeyedColumn, keys: Keys): Key | undefined {
  const last = words.at(-1) ?? '';
  const subject = words.slice(0, -1);
  const isBare = subject.length === 0 && bareKeys.has(last);
  if (!keyWords.has(last) || isBare || isSameName(subject, own)) return; // the last: `orders.order_id`
  if (subject.some((word) => elsewhere.has(word))) return;
  const family = toFamily(column.type);
  const ofSubject = (key: string[]) =>
    firstFound(toTableNames(subject, own), (tables) =>
      tables.flatMap((table) => keys.ofTable(key, table, family)),
    );
  const sameName = () => keys.named(words, family).filter(({ isPrimary }) => isPrimary);
  const [only, second] = firstFound(
    [
      () => [
        ...ofSubject([last]), // customer_id → customers.id
        ...ofSubject(words), // customer_id → customers.customer_id
      ],
      () => (column.key ? [] : sameName()), // sku → products.sku
    ],
    (find) => find(),
  );
  return second ? undefined : only;
}

/** The first of the lists that holds anything. */
function firstFound<From, Found>(from: readonly From[], find: (from: From) => Found[]): Found[] {
  for (const one of from) {
    const found = find(one);
    if (found.length > 0) return found;
  }
  return [];
}

/** What tables the subject may name, the likeliest first: with all its words, then the last ones, each also prefixed. */
function toTableNames(subject: string[], own: string[]): string[][][] {
  const shared = own.slice(1).map((_, n) => own.slice(0, n + 1));
  const known = tablePrefixes.filter((prefix) => own.length < 2 || prefix !== own[0]);
  const prefixes = [...shared, ...known.map((prefix) => [prefix])];
  return subject.flatMap((_, start) => {
    const name = subject.slice(start);
    return [[name], prefixes.map((prefix) => [...prefix, ...name])];
  });
}

/** `customer_id`, `customerId`, `CustomerID` and `customerid` alike. */
const toWords = (name: string): string[] =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/^([a-z]{3,})id$/, '$1_id')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

const isEqual = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((word, place) => word === b[place]);

/** The same words, the last one in singular or plural. */
const isSameName = (a: readonly string[], b: readonly string[]) =>
  a.length > 0 &&
  isEqual(a.slice(0, -1), b.slice(0, -1)) &&
  isSameNoun(a.at(-1) ?? '', b.at(-1) ?? '');

const isSameNoun = (a: string, b: string) =>
  a === b || toPlurals(a).includes(b) || toPlurals(b).includes(a) || toRegular(a) === toRegular(b);

const irregular = new Map([
  ['children', 'child'],
  ['men', 'man'],
  ['people', 'person'],
  ['women', 'woman'],
]);

const toRegular = (word: string) => irregular.get(word) ?? word;

/** What is left of a noun that its singular and its plural have in common, and perhaps other nouns, too. */
const toStem = (word: string) => toRegular(word).replace(/[eisy]+$/, '');

const toPlurals = (word: string) => [`${word}s`, `${word}es`, word.replace(/y$/, 'ies')];

/** Types whose values can be equal, as one word. */
function toFamily(type: string): string {
  const word = /^\w+/.exec(type.toLowerCase())?.[0] ?? '';
  if (/^(tiny|small|medium|big)?int(eger)?$/.test(word)) return 'integer';
  return /^(var)?char$/.test(word) ? 'text' : type.toLowerCase();
}

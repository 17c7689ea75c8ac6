/** The words of a text as they stand. */
export const toRawWords = (text: string): string[] =>
  (text.normalize('NFKC').match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).slice(0, 200);

/** Positions of the words that stand in a part of a text. */
export function positionsIn(text: string, from: number, length: number): number[] {
  const first = toRawWords(text.slice(0, from)).length;
  return span(first, first + toRawWords(text.slice(from, from + length)).length);
}

/** Positions from one to another, which is not included. */
export const span = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset);

/** A question or a name as comparable words: lower case, singular. As many as raw ones. */
export const toWords = (text: string): string[] =>
  toRawWords(text).map((word) => singular(word.toLowerCase()));

/** `created_at`, `orderItems` → their words. */
export const wordsOfName = (name: string): string[] =>
  toWords(name.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2'));

/** Rough, but the same on both sides of a comparison: `branches` and `branch`, `purchases` and `purchase` meet. */
function singular(word: string): string {
  if (word.length < 4 || /(ss|us|is)$/.test(word)) return word;
  if (word === 'people') return 'person';
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  const one = word.endsWith('s') ? word.slice(0, -1) : word;
  return /(s|x|z|ch|sh)e$/.test(one) ? one.slice(0, -1) : one;
}

/** Where these words stand one after the other, or -1. */
export function indexOfWords(words: string[], part: string[]): number {
  if (part.length === 0) return -1;
  return words.findIndex((_, at) => part.every((word, offset) => words[at + offset] === word));
}

/** Everyday words for what columns and tables are often called, in the singular. No name of any one database. */
const families = [
  'user customer member client person buyer account reader patron subscriber',
  'product article item goods',
  'order purchase sale checkout',
  'loan lending borrowing',
  'staff employee worker colleague',
].map(toWords);

/** What people are called whom "who" may ask for. */
export const personWords = families.filter(([word]) => word === 'user' || word === 'staff').flat();

/** Other words for the same kind of thing. */
export const synonymsOf = (word: string): string[] =>
  families
    .filter((family) => family.includes(word))
    .flat()
    .filter((other) => other !== word);

/** The word that a verb of a question ("ordered", "borrowing", "bought") is made of, in all ways it may be spelled. */
export function stemsOf(word: string): string[] {
  const stem = /^(.{3,}?)(?:ed|ing)$/.exec(word)?.[1];
  const irregular = word === 'bought' ? toWords('purchase') : [];
  return stem ? [stem, `${stem}e`, ...irregular] : irregular;
}

/** Words that change nothing about what is asked. No negation, no comparison, no quantity is among them. */
export const everydayWords = new Set(
  toWords(
    `a an the this that these those it its they them their there here i we you me us our your which what whose when
    where how is are was were be been am do does did have has had having can could would will shall should may might
    show list give get got tell find display see fetch look want need like please pls thanks thank hi hello hey ok okay
    of in on at for from to with as into and also too so then now again just only well about all any anything something some one
    yet already exist happen come came made make placed created added registered signed up joined ever currently overall row record entry data
    database table detail information info result time same both s m d ll re ve let go know`,
  ),
);

/** Any money, whatever its column is called. */
export const generalMoneyWords = toWords(
  'revenue turnover income total amount value spend spent spending money earning earn sale sell sold selling',
);
export const priceWords = toWords('price cost expensive cheap cheapest cheaper');
export const moneyWords = [...generalMoneyWords, ...toWords('price cost fee due balance')];
export const quantityWords = ['quantity', 'qty', 'unit', 'piece', 'count'];
export const stateWords = ['status', 'state', 'phase', 'stage', 'settled'];
export const statusWords = [
  'status',
  'state',
  'phase',
  'stage',
  'type',
  'kind',
  'method',
  'tier',
  'level',
  'label',
  'settled',
];
export const placeWords = ['country', 'region', 'city', 'town', 'state', 'place', 'location'];
export const nameWords = ['name', 'title', 'label', 'subject', 'code', 'email', 'mail'];

import { isRecord } from '../args.ts';

/** What is wrong with a part of a payload, in Slack's manner: sentences, each with its place. */
export type Faults = string[];

/** Looks at a value that stands at `path`, a JSON pointer. Reads no more of it than a valid value has. */
export type Check = (value: unknown, path: string) => Faults;

export const fault = (sentence: string, path: string): Faults => [
  `${sentence} [json-pointer:${path}]`,
];

/** A string of `min` to `max` characters. */
export const string =
  (max = Number.POSITIVE_INFINITY, min = 1): Check =>
  (value, path) => {
    if (typeof value !== 'string') return fault('must be a string', path);
    if (value.length < min) return fault(`must be more than ${min - 1} characters`, path);
    return value.length > max ? fault(`must be less than ${max + 1} characters`, path) : [];
  };

/** What every block may be called by. */
export const blockId = string(255);

/** Anything: where Slack takes more than is known here. */
export const anything: Check = () => [];

/** A string that `test` accepts. */
export const stringLike =
  (test: (value: string) => boolean, sentence: string): Check =>
  (value, path) =>
    typeof value === 'string' && test(value) ? [] : fault(sentence, path);

export const flag: Check = (value, path) =>
  typeof value === 'boolean' ? [] : fault('must be a boolean', path);

export const number: Check = (value, path) =>
  typeof value === 'number' && Number.isFinite(value) ? [] : fault('must be a number', path);

/** A whole number from `min` to `max`. */
export const integer =
  (min: number, max = Number.MAX_SAFE_INTEGER): Check =>
  (value, path) => {
    if (!Number.isSafeInteger(value)) return fault('must be an integer', path);
    if (Number(value) < min) return fault(`must be at least ${min}`, path);
    return Number(value) > max ? fault(`must be at most ${max}`, path) : [];
  };

export const oneOf =
  (...allowed: unknown[]): Check =>
  (value, path) =>
    allowed.includes(value) ? [] : fault(`must be one of ${allowed.join(', ')}`, path);

/** An array of `min` to `max` items. One that is too long is not looked into. */
export const list =
  (max: number, item: Check, min = 1): Check =>
  (value, path) => {
    if (!Array.isArray(value)) return fault('must be an array', path);
    if (value.length < min) return fault(`must provide at least ${min} items`, path);
    if (value.length > max) return fault(`no more than ${max} items allowed`, path);
    return value.flatMap((one, index) => item(one, `${path}/${index}`));
  };

type Fields = Record<string, Check>;
type Whole = (value: Record<string, unknown>, path: string) => Faults;

/** An object with these fields, a `type` and no others; `whole` looks at what fields mean together, once each is right. */
export function shape(required: Fields, optional: Fields = {}, whole: Whole = () => []): Check {
  const all = Object.entries({ ...required, ...optional });
  const names = new Set(['type', ...all.map(([name]) => name)]);
  return (value, path) => {
    if (!isRecord(value)) return fault('must provide an object', path);
    const odd = Object.keys(value).filter((name) => !names.has(name) && value[name] !== undefined);
    const faults = [
      ...all.flatMap(([name, check]) => {
        if (value[name] !== undefined) return check(value[name], `${path}/${name}`);
        return Object.hasOwn(required, name) ? fault(`missing required field: ${name}`, path) : [];
      }),
      ...odd.flatMap((name) => fault(`invalid additional property: ${name}`, path)),
    ];
    return faults.length > 0 ? faults : whole(value, path);
  };
}

/** An object whose `type` says what it must be. */
export const typed =
  (kinds: Fields): Check =>
  (value, path) => {
    if (!isRecord(value)) return fault('must provide an object', path);
    const { type } = value;
    if (typeof type !== 'string') return fault('missing required field: type', path);
    const check = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    return check ? check(value, path) : fault(`unsupported type: ${type}`, `${path}/type`);
  };

/** The given kinds alone. */
export const only = (kinds: Fields, ...types: string[]): Check =>
  typed(Object.fromEntries(Object.entries(kinds).filter(([type]) => types.includes(type))));

/** Exactly one of these fields. */
export const oneFieldOf =
  (...names: string[]): Whole =>
  (value, path) =>
    names.filter((name) => value[name] !== undefined).length === 1
      ? []
      : fault(`must define either ${names.map((name) => `\`${name}\``).join(' or ')}`, path);

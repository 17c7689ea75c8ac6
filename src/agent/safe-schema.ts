import { outsideText } from '../outside-text.ts';

const maxBytes = 8 * 1024;
const deepest = 8;
/** Of what is looked at, by {@link weigh}: a thousand references to one large node would take minutes. */
const mostWork = 20_000;
const longestRef = 200;
const longestDescription = 300;

/** What Claude's API takes as the name of an argument. */
const argumentName = /^[a-zA-Z0-9_.-]{1,64}$/;

type Node = Record<string, unknown>;

/**
 * The schema of a tool's arguments, built anew from the parts of JSON Schema that are known to be harmless.
 *
 * One schema that Claude's API refuses would fail every request, so nothing is passed on unseen: references inside the
 * schema are put in place, patterns and unknown keywords are left out, descriptions are cleaned and cut. What the
 * server demands beyond that it says when it is called.
 *
 * @returns nothing when it can't be offered: an argument that is required has an impossible name, or what is left is
 * larger than 8 kB also without its descriptions.
 */
export function safeSchema(schema: unknown): Node | undefined {
  for (const describe of [true, false]) {
    const built = build(schema, describe);
    if (!built) return undefined;
    if (Buffer.byteLength(JSON.stringify(built)) <= maxBytes) return built;
  }
  return undefined;
}

function build(schema: unknown, describe: boolean): Node | undefined {
  let work = 0;

  function toNode(given: unknown, depth: number): Node {
    const source = depth > deepest || work > mostWork ? undefined : resolve(given, schema);
    if (!source) return {};
    work += weigh(source);
    return {
      ...toType(source.type),
      ...(describe &&
        typeof source.description === 'string' &&
        source.description && { description: outsideText(source.description, longestDescription) }),
      ...Object.fromEntries(Object.entries(source).filter(isHarmless)),
      ...(source.properties !== undefined || depth === 0 ? toProperties(source, depth) : {}),
      ...(isNode(source.items) && { items: toNode(source.items, depth + 1) }),
      ...toAdditional(source.additionalProperties, depth),
      ...(depth > 0 ? toChoices(source, depth) : {}), // at the top Claude's API refuses them
    };
  }

  function toProperties({ properties, required }: Node, depth: number): Node {
    const own = isNode(properties) ? Object.entries(properties) : [];
    const usable = own.filter(([name]) => argumentName.test(name));
    const names = new Set(usable.map(([name]) => name));
    const demanded = [...new Set(Array.isArray(required) ? required : [])].filter(
      (name) => typeof name === 'string',
    );
    const kept = demanded.filter((name) => names.has(name));
    if (depth === 0 && kept.length < demanded.length) throw new Unusable();
    return {
      properties: Object.fromEntries(usable.map(([name, node]) => [name, toNode(node, depth + 1)])),
      ...(kept.length > 0 && { required: kept }),
    };
  }

  const toAdditional = (given: unknown, depth: number): Node => {
    if (typeof given === 'boolean') return { additionalProperties: given };
    return isNode(given) ? { additionalProperties: toNode(given, depth + 1) } : {};
  };

  const toChoices = (source: Node, depth: number): Node =>
    Object.fromEntries(
      ['anyOf', 'oneOf', 'allOf'].flatMap((word) => {
        const choices = source[word];
        return Array.isArray(choices) && choices.length > 0
          ? [[word, choices.slice(0, 20).map((choice) => toNode(choice, depth + 1))]]
          : [];
      }),
    );

  try {
    return { ...toNode(isNode(schema) ? schema : {}, 0), type: 'object' };
  } catch (error) {
    if (error instanceof Unusable) return undefined;
    throw error;
  }
}

/** How much work a node is, without those below it. */
const weigh = (node: Node): number =>
  Object.values(node).reduce<number>((sum, value) => sum + 1 + sizeOf(value), 1);

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length / 64;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

class Unusable extends Error {
  override name = 'Unusable';
}

const types = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']);

function toType(given: unknown): Node {
  const known = [given].flat().filter((type) => types.has(type as string));
  const [only] = known;
  if (known.length === 0) return {};
  return { type: known.length === 1 ? only : [...new Set(known)] };
}

/** Keywords with a plain value, and which values they may have. */
const harmless: Record<string, (value: unknown) => boolean> = {
  enum: (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= 200 &&
    value.every(isPlain) &&
    new Set(value).size === value.length,
  const: isPlain,
  default: isPlain,
  format: (value) => typeof value === 'string' && /^[a-z-]{1,30}$/.test(value),
  minimum: Number.isFinite,
  maximum: Number.isFinite,
  exclusiveMinimum: Number.isFinite,
  exclusiveMaximum: Number.isFinite,
  minLength: isCount,
  maxLength: isCount,
  minItems: isCount,
  maxItems: isCount,
};

const isHarmless = ([word, value]: [string, unknown]) =>
  Object.hasOwn(harmless, word) && harmless[word]?.(value) === true;

function isPlain(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= 200 && value === outsideText(value, 200);
  return value === null || typeof value === 'boolean' || Number.isFinite(value);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The node, or what it refers to inside the schema (`#/$defs/City`): at most five steps, and nothing outside. */
function resolve(given: unknown, root: unknown, steps = 5): Node | undefined {
  if (!isNode(given)) return undefined;
  const { $ref: ref, ...rest } = given;
  if (ref === undefined) return given;
  if (typeof ref !== 'string' || ref.length > longestRef) return rest;
  if (!ref.startsWith('#/') || steps === 0) return rest;
  const target = ref
    .slice(2)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (node, key) => (isNode(node) && Object.hasOwn(node, key) ? node[key] : undefined),
      root,
    );
  return { ...resolve(target, root, steps - 1), ...rest };
}

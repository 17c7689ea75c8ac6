import { outsideText } from '../../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';
import type { Cost, GraphqlError } from './graphql-answer.ts';
import { missingScope, scopeOf } from './scopes.ts';

/** What is known besides the error itself. */
export interface ErrorFacts {
  granted?: ReadonlySet<string> | undefined;
  cost?: Cost | undefined;
}

/** A GraphQL error as a sentence that names the scope, the points or the place. */
export function explainError(error: GraphqlError, facts: ErrorFacts = {}): ToolError {
  const code = error.extensions?.code ?? '';
  if (isProtected(error)) return protectedData(error);
  if (code === 'ACCESS_DENIED') return accessDenied(error, facts);
  if (code === 'THROTTLED') return throttled(facts.cost);
  if (code === 'MAX_COST_EXCEEDED') return tooCostly(error);
  const words = toWords(error.message);
  if (code === 'INTERNAL_SERVER_ERROR' || /^Internal error/i.test(error.message))
    return new ToolError('UPSTREAM_ERROR', `Shopify failed on this query: ${words}`, {
      try: 'the same again in a moment, or a smaller part of it',
    });
  return new ToolError('INVALID_ARGUMENT', `Shopify refuses this: ${words}${toPlace(error)}`);
}

/** What a part that is missing in an answer lacks, in one line. */
export function toGap(error: GraphqlError, facts: ErrorFacts): string {
  const place = lastName(error);
  return `${place ? `${place} is missing: ` : ''}${explainError(error, facts).what}.`;
}

const toWords = (message: string) => outsideText(message, 300).replace(/\.$/, '');

const toPlace = ({ path }: GraphqlError) =>
  path?.length ? ` (at ${outsideText(path.join('.'), 100)})` : '';

/** The name of the field, without the numbers of the items on the way. */
function lastName({ path }: GraphqlError): string | undefined {
  const name = path?.findLast((part) => typeof part === 'string');
  return typeof name === 'string' ? outsideText(name, 60) : undefined;
}

const isProtected = ({ message }: GraphqlError) =>
  /not approved to (?:access|use)|protected-customer-data/i.test(message);

function protectedData(error: GraphqlError): ToolError {
  const [, what] = /\b(?:access|use) the (\w+)/.exec(error.message) ?? [];
  return new ToolError(
    'MISSING_PERMISSION',
    `${what ?? lastName(error) ?? 'this'} is protected customer data, which the app may not read`,
    {
      why: 'level 1 (customers and orders) and level 2 (names, addresses, e-mails, phones) are granted to an app separately, and level 2 depends on the plan of the shop',
      try: "telling the operator to ask for protected customer data access in the app's settings, or a question without it",
    },
  );
}

function accessDenied(error: GraphqlError, { granted }: ErrorFacts): ToolError {
  const named = error.extensions?.requiredAccess ?? error.message;
  const scopes = [...named.matchAll(/`((?:read|write)_[a-z_]+)`/g)].map(([, scope]) => scope ?? '');
  const place = lastName(error);
  const known = scopeOf[place ?? ''];
  const needed = scopes.length > 0 ? scopes : known ? [known] : [];
  if (needed.length > 0) return missingScope(place ?? 'this', needed, granted);
  return new ToolError('MISSING_PERMISSION', `Shopify refuses ${place ?? 'this'} to the app`, {
    why: toWords(error.message),
  });
}

function throttled(cost: Cost | undefined): ToolError {
  const { requestedQueryCost: points, throttleStatus: bucket } = cost ?? {};
  const why =
    points && bucket
      ? `the query takes ${points} points, ${Math.floor(bucket.currentlyAvailable)} of ${bucket.maximumAvailable} are left and ${bucket.restoreRate} come back each second`
      : undefined;
  return new ToolError('RATE_LIMITED', 'Shopify takes no more queries for now', {
    why,
    try: 'the same again in 10 s, or a smaller limit',
  });
}

function tooCostly({ extensions }: GraphqlError): ToolError {
  const { cost, maxCost } = extensions ?? {};
  const points = cost ? `${cost} points` : 'too many points';
  return new ToolError('TOO_LARGE', `the query costs ${points}, more than ${maxCost ?? 1000}`, {
    ...costAdvice,
  });
}

/** How a query that costs too much is made cheaper. */
export const costAdvice = {
  why: 'lists inside lists multiply',
  try: 'fewer lists inside lists, or a lower first on each',
};

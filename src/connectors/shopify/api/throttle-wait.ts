import type { Cost } from './graphql-answer.ts';

/** Longest single wait, in milliseconds. A bucket of 2,000 points fills in 20 s on the slowest plan. */
const longest = 20_000;

/**
 * How long until the shop has the points that a throttled query needs, in milliseconds:
 * (requested − available) / restored per second, at least a tenth of a second, and a second when Shopify does not say.
 */
export function throttleWait(cost: Cost | undefined): number {
  const { requestedQueryCost, throttleStatus } = cost ?? {};
  if (!throttleStatus || !requestedQueryCost || throttleStatus.restoreRate <= 0) return 1_000;
  const missing = requestedQueryCost - throttleStatus.currentlyAvailable;
  return Math.min(longest, Math.max(100, Math.ceil((missing / throttleStatus.restoreRate) * 1000)));
}

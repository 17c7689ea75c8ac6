import { ToolError } from '../../tool-error.ts';

/** What a status other than 200 means, in words that name who can mend it. */
export function explainStatus(status: number): ToolError {
  if (status === 401)
    return new ToolError('AUTH_FAILED', 'Shopify does not accept the access token', {
      why: 'it is wrong, was revoked, or belongs to another shop',
      try: 'telling the operator to set SHOPIFY_ACCESS_TOKEN anew, or SHOPIFY_CLIENT_ID and SHOPIFY_CLIENT_SECRET',
    });
  if (status === 402)
    return new ToolError('UPSTREAM_ERROR', 'the shop is frozen', {
      why: 'Shopify asks its owner to pay an invoice',
    });
  if (status === 403)
    return new ToolError('MISSING_PERMISSION', 'Shopify refuses the app', {
      why: 'it lacks a scope, or is not installed in this shop',
      try: "telling the operator to look at the app's scopes and to install it again",
    });
  if (status === 404)
    return new ToolError('NOT_FOUND', 'there is no such shop, or no such version of the API', {
      try: 'telling the operator to look at SHOPIFY_SHOP_URL and SHOPIFY_API_VERSION',
    });
  if (status === 413)
    return new ToolError('TOO_LARGE', 'the query is larger than Shopify takes', {
      try: 'a shorter one',
    });
  if (status === 423)
    return new ToolError('UPSTREAM_ERROR', 'the shop is locked', {
      why: 'it took too many requests, or its owner has to confirm who they are',
    });
  if (status === 429 || status === 430)
    return new ToolError('RATE_LIMITED', 'Shopify takes no more requests for now', {
      try: 'the same again in a minute, and fewer calls until then',
    });
  return new ToolError('UPSTREAM_ERROR', `Shopify fails with status ${status}`, {
    try: 'the same again in a moment; if it goes on, tell the person that the source is down',
  });
}

import { type Api, requestApi } from '../../api/request-api.ts';

/** A request that got no answer at all, in the clothes of one: Shopify's client would make a mere string of what is thrown. */
class Failure extends Response {
  readonly reason: unknown;

  constructor(reason: unknown) {
    super(null, { status: 500 });
    this.reason = reason;
  }
}

interface Init {
  method?: string;
  headers?: RequestInit['headers'];
  body?: string;
  signal?: AbortSignal;
}

/**
 * A `fetch` for Shopify's client which goes to one host only, with our retries, time limits and byte cap.
 *
 * The client's own retries take the seconds of `Retry-After` as milliseconds (shopify-app-js#3364), so they stay off.
 */
export const adminFetch =
  (api: Api, { repeatable }: { repeatable: boolean }) =>
  async (url: string, init: Init = {}): Promise<Response> => {
    const { signal = new AbortController().signal, body = '' } = init;
    const headers = Object.fromEntries(new Headers(init.headers));
    const path = new URL(url).pathname;
    try {
      const request = { method: 'POST', path, headers, body, signal, repeatable };
      const answer = await requestApi(api, request);
      return new Response(answer.text, { status: answer.status, headers: answer.headers });
    } catch (reason) {
      return new Failure(reason);
    }
  };

/** @throws what `requestApi` threw. */
export function unwrap(response: Response): Response {
  if (response instanceof Failure) throw response.reason;
  return response;
}

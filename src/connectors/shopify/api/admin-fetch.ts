import { type Api, type ApiAnswer, requestApi } from '../../api/request-api.ts';

/**
 * What became of a request, in the clothes of an answer: Shopify's client passes it on unread. Of what is thrown it would
 * make a mere string, and of a body a copy.
 */
class Outcome extends Response {
  readonly answer: ApiAnswer | undefined;
  readonly reason: unknown;

  constructor(answer: ApiAnswer | undefined, reason?: unknown) {
    super();
    this.answer = answer;
    this.reason = reason;
  }
}

interface Init {
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
      return new Outcome(await requestApi(api, request));
    } catch (reason) {
      return new Outcome(undefined, reason);
    }
  };

/** The answer in what Shopify's client passed on. @throws what `requestApi` threw. */
export function unwrap(response: Response): ApiAnswer {
  if (response instanceof Outcome && response.answer) return response.answer;
  throw response instanceof Outcome ? response.reason : new Error('an answer of somebody else');
}

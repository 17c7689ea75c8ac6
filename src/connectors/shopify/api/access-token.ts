import { z } from 'zod';
import { outsideText } from '../../../outside-text.ts';
import { readJson } from '../../api/read-json.ts';
import { type Api, requestApi } from '../../api/request-api.ts';
import { ToolError } from '../../tool-error.ts';

/** Where the token of each request comes from. */
export interface AccessToken {
  /** @throws ToolError `AUTH_FAILED` when the app's credentials are refused. */
  get(signal: AbortSignal): Promise<string>;
  /** Forgets a token that was refused. False when there is no other to be had. */
  renew(refused: string): boolean;
}

/** One that the operator made. */
export const fixedToken = (token: string): AccessToken => ({
  get: async () => token,
  renew: () => false,
});

interface Credentials {
  clientId: string;
  clientSecret: string;
}

/** How long before its end a token is replaced, in milliseconds: calls that are under way still need it. */
const margin = 5 * 60_000;
/** Longest wait for a token, in milliseconds. */
const patience = 15_000;

const grant = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  expires_in: z.number().positive().default(86_399),
});

/** Tokens of 24 hours, fetched with the app's id and secret (client credentials grant) and replaced before their end. */
export class ClientCredentials implements AccessToken {
  readonly #api: Api;
  readonly #credentials: Credentials;
  #token: string | undefined;
  #endsAt = 0;
  #pending: Promise<string> | undefined;

  constructor(api: Api, credentials: Credentials) {
    this.#api = api;
    this.#credentials = credentials;
  }

  async get(signal: AbortSignal): Promise<string> {
    if (this.#token && Date.now() < this.#endsAt - margin) return this.#token;
    // All callers share one request; that one of them goes away must not fail the others.
    this.#pending ??= this.#fetch().finally(() => {
      this.#pending = undefined;
    });
    const gone = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    signal.throwIfAborted();
    return Promise.race([this.#pending, gone]);
  }

  renew(refused: string): boolean {
    if (this.#token === refused) this.#token = undefined;
    return true;
  }

  async #fetch(): Promise<string> {
    const { clientId, clientSecret } = this.#credentials;
    const form = {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    };
    const answer = await requestApi(this.#api, {
      method: 'POST',
      path: '/admin/oauth/access_token',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
      },
      body: new URLSearchParams(form).toString(),
      signal: AbortSignal.timeout(patience),
      repeatable: true,
    });
    if (answer.status >= 400 && answer.status < 500) refuse(answer.text);
    const { data } = grant.safeParse(readJson('Shopify', answer));
    if (!data) throw new ToolError('UPSTREAM_ERROR', 'Shopify gave no access token for the app');
    this.#token = data.access_token;
    this.#endsAt = Date.now() + data.expires_in * 1000;
    return data.access_token;
  }
}

const refusal = z.object({ error: z.string(), error_description: z.string().optional() });

function refuse(text: string): never {
  const { error, error_description: more } = parse(text) ?? {};
  throw new ToolError('AUTH_FAILED', "Shopify does not accept the app's client id and secret", {
    why: outsideText(more ?? error ?? 'it gives no reason', 200).replace(/\.$/, ''),
    try: 'telling the operator to look at SHOPIFY_CLIENT_ID and SHOPIFY_CLIENT_SECRET, and whether the app is installed in this shop',
  });
}

function parse(text: string) {
  try {
    return refusal.parse(JSON.parse(text));
  } catch {
    return; // Shopify answers some mistakes with a web page
  }
}

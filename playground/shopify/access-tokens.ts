import { randomUUID } from 'node:crypto';
import type { StandInAnswer, StandInRequest } from '../stand-in/start-stand-in.ts';

/** The app's credentials for tokens of a day. */
export interface ClientCredentials {
  id: string;
  secret: string;
}

/** Tokens that open the API. */
export interface AccessTokens {
  /** One that lasts. */
  fixed: string;
  credentials: ClientCredentials;
  isValid(token: unknown): boolean;
  /** `POST /admin/oauth/access_token`. */
  grant(request: StandInRequest, scopes: string[]): StandInAnswer;
  /** Ends what was granted until now, as if a day had gone by. */
  expire(): void;
}

/** Seconds: a day. */
const lifetime = 86_399;

/** A shop's tokens: a fixed one of an admin-made app, and those of the client-credentials grant. */
export function openAccessTokens(): AccessTokens {
  const fixed = 'shpat_of-the-stand-in';
  const credentials = { id: 'client-of-the-stand-in', secret: 'shpss_of-the-stand-in' };
  const granted = new Map<string, number>();
  return {
    fixed,
    credentials,
    isValid: (token) =>
      token === fixed || (typeof token === 'string' && (granted.get(token) ?? 0) > Date.now()),
    expire: () => granted.clear(),
    grant(request, scopes) {
      const asked = readForm(request);
      if (asked.grant_type !== 'client_credentials')
        return refuse(400, 'unsupported_grant_type', 'The grant type is not supported.');
      if (asked.client_id !== credentials.id || asked.client_secret !== credentials.secret)
        return refuse(401, 'invalid_client', 'Client authentication failed.');
      const token = `shpat_${randomUUID()}`;
      granted.set(token, Date.now() + lifetime * 1000);
      return json(200, { access_token: token, scope: scopes.join(','), expires_in: lifetime });
    },
  };
}

const json = (status: number, body: object): StandInAnswer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
});

const refuse = (status: number, error: string, error_description: string): StandInAnswer =>
  json(status, { error, error_description });

/** Both forms that Shopify takes. */
function readForm({ headers, body }: StandInRequest): Record<string, unknown> {
  if (!headers['content-type']?.includes('json'))
    return Object.fromEntries(new URLSearchParams(body.toString()));
  try {
    const read: unknown = JSON.parse(body.toString());
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

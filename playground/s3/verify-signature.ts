import { createHash, createHmac } from 'node:crypto';
import type { StandInRequest } from '../stand-in/start-stand-in.ts';
import { S3Error } from './s3-error.ts';

/** A pair of keys that may sign, with its token where it is a session's. */
export interface SigningKey {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expires?: Date;
}

/** What the header of a signature says. */
interface Claim {
  accessKeyId: string;
  /** `20261122/eu-central-1/s3/aws4_request`. */
  scope: string;
  region: string;
  signedHeaders: string[];
  signature: string;
  /** `20261122T081500Z`. */
  date: string;
  token: string | undefined;
  payload: string;
}

/** Milliseconds between two clocks. */
const maxSkew = 15 * 60 * 1000;

/**
 * Checks a Signature Version 4 in the header as S3 does, and says for which region it was made.
 *
 * Throws what AWS answers; presigned addresses are none of this S3's.
 */
export function verifySignature(
  request: StandInRequest,
  keys: ReadonlyMap<string, SigningKey>,
  now = Date.now(),
): { region: string } {
  const claim = toClaim(request);
  const key = keys.get(claim.accessKeyId);
  if (!key)
    throw new S3Error('InvalidAccessKeyId', { details: { AWSAccessKeyId: claim.accessKeyId } });
  checkTime(claim, now);
  checkToken(claim, key, now);
  const toSign = toStringToSign(request, claim);
  if (sign(key.secretAccessKey, claim.scope, toSign) !== claim.signature)
    throw new S3Error('SignatureDoesNotMatch', {
      details: {
        AWSAccessKeyId: claim.accessKeyId,
        StringToSign: toSign,
        SignatureProvided: claim.signature,
      },
    });
  checkPayload(request, claim.payload);
  return { region: claim.region };
}

function toClaim({ headers }: StandInRequest): Claim {
  if (!headers.authorization) throw new S3Error('AccessDenied');
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/.exec(
      headers.authorization,
    );
  const [, credential = '', signedHeaders = '', signature = ''] = match ?? [];
  const payload = one(headers['x-amz-content-sha256']);
  if (!payload)
    throw new S3Error('InvalidRequest', {
      message: 'Missing required header for this request: x-amz-content-sha256',
    });
  return {
    ...toScope(credential),
    signedHeaders: signedHeaders.split(';'),
    signature,
    date: one(headers['x-amz-date']) ?? '',
    token: one(headers['x-amz-security-token']),
    payload,
  };
}

function toScope(credential: string): Pick<Claim, 'accessKeyId' | 'scope' | 'region'> {
  const [accessKeyId = '', ...parts] = credential.split('/');
  const [day = '', region = '', service, end] = parts;
  if (!/^\d{8}$/.test(day) || !region || service !== 's3' || end !== 'aws4_request')
    throw new S3Error('AuthorizationHeaderMalformed');
  return { accessKeyId, scope: parts.join('/'), region };
}

function checkTime({ date }: Claim, now: number): void {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(at))
    throw new S3Error('AccessDenied', {
      message: 'AWS authentication requires a valid Date or x-amz-date header',
    });
  if (Math.abs(now - at) > maxSkew)
    throw new S3Error('RequestTimeTooSkewed', {
      details: {
        RequestTime: date,
        ServerTime: new Date(now).toISOString(),
        MaxAllowedSkewMilliseconds: String(maxSkew),
      },
    });
}

function checkToken({ token }: Claim, { sessionToken, expires }: SigningKey, now: number): void {
  if (token !== sessionToken) throw new S3Error('InvalidToken');
  if (expires && now > expires.getTime()) throw new S3Error('ExpiredToken');
}

function checkPayload({ body }: StandInRequest, payload: string): void {
  if (/^STREAMING-AWS4/.test(payload)) throw new S3Error('NotImplemented');
  if (!/^[0-9a-f]{64}$/.test(payload) || sha256(body) === payload) return;
  throw new S3Error('XAmzContentSHA256Mismatch');
}

function toStringToSign(request: StandInRequest, claim: Claim): string {
  const { signedHeaders, date, scope, payload } = claim;
  const headers = signedHeaders.map((name) => `${name}:${toHeaderText(request.headers[name])}\n`);
  const canonical = [
    request.method,
    encodePath(request.path),
    toCanonicalQuery(request.query),
    headers.join(''),
    signedHeaders.join(';'),
    payload,
  ].join('\n');
  return ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n');
}

function toCanonicalQuery(query: URLSearchParams): string {
  return [...query]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
}

/** As signed: all but letters, digits and `-._~` as percent signs. Throws InvalidURI. */
function encodePath(path: string): string {
  try {
    return path
      .split('/')
      .map((part) => encode(decodeURIComponent(part)))
      .join('/');
  } catch {
    throw new S3Error('InvalidURI');
  }
}

const encode = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

const toHeaderText = (value: string | string[] | undefined) =>
  String(value ?? '')
    .trim()
    .replace(/ +/g, ' ');

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');

const hmac = (key: string | Buffer, text: string) =>
  createHmac('sha256', key).update(text).digest();

function sign(secret: string, scope: string, toSign: string): string {
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return hmac(key, toSign).toString('hex');
}

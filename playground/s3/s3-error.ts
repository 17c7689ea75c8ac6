import type { StandInAnswer } from '../stand-in/start-stand-in.ts';
import { toErrorXml } from './xml.ts';

/** Status and sentence of what S3 refuses, in its own words (API reference, "List of error codes"). */
const refusals = {
  AccessDenied: [403, 'Access Denied'],
  AuthorizationHeaderMalformed: [400, 'The authorization header is malformed.'],
  BadDigest: [400, 'The Content-MD5 you specified did not match what we received.'],
  ExpiredToken: [400, 'The provided token has expired.'],
  IncompleteBody: [
    400,
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
  ],
  InternalError: [500, 'We encountered an internal error. Please try again.'],
  InvalidAccessKeyId: [403, 'The AWS Access Key Id you provided does not exist in our records.'],
  InvalidArgument: [400, 'Invalid Argument'],
  InvalidBucketName: [400, 'The specified bucket is not valid.'],
  InvalidDigest: [400, 'The Content-MD5 you specified was invalid.'],
  InvalidObjectState: [403, "The operation is not valid for the object's storage class"],
  InvalidRange: [416, 'The requested range is not satisfiable'],
  InvalidRequest: [400, 'Invalid Request'],
  InvalidTag: [400, 'The TagValue you have provided is invalid'],
  InvalidToken: [400, 'The provided token is malformed or otherwise invalid.'],
  InvalidURI: [400, "Couldn't parse the specified URI."],
  KeyTooLongError: [400, 'Your key is too long'],
  MetadataTooLarge: [400, 'Your metadata headers exceed the maximum allowed metadata size'],
  MethodNotAllowed: [405, 'The specified method is not allowed against this resource.'],
  NoSuchBucket: [404, 'The specified bucket does not exist'],
  NoSuchKey: [404, 'The specified key does not exist.'],
  NoSuchVersion: [404, 'The specified version does not exist.'],
  NotImplemented: [501, 'A header you provided implies functionality that is not implemented'],
  PermanentRedirect: [
    301,
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
  ],
  PreconditionFailed: [412, 'At least one of the pre-conditions you specified did not hold'],
  RequestTimeTooSkewed: [
    403,
    'The difference between the request time and the current time is too large.',
  ],
  SignatureDoesNotMatch: [
    403,
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  ],
  SlowDown: [503, 'Please reduce your request rate.'],
  XAmzContentSHA256Mismatch: [
    400,
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  ],
} as const satisfies Record<string, readonly [status: number, message: string]>;

/** What S3 refuses with. */
export type S3ErrorCode = keyof typeof refusals;

/** What an error says besides its code. */
export interface S3ErrorFacts {
  message?: string;
  /** More elements of the document: `{ Key: 'a.csv' }`. */
  details?: Record<string, string>;
  headers?: Record<string, string>;
}

/** A request that S3 refuses. */
export class S3Error extends Error {
  override name = 'S3Error';
  readonly code: S3ErrorCode;
  readonly status: number;
  readonly details: Record<string, string>;
  readonly headers: Record<string, string>;

  constructor(code: S3ErrorCode, { message, details = {}, headers = {} }: S3ErrorFacts = {}) {
    super(message ?? refusals[code][1]);
    this.code = code;
    this.status = refusals[code][0];
    this.details = details;
    this.headers = headers;
  }
}

/** The error as S3 sends it: a document, but for `HEAD` the status alone. */
export function toErrorAnswer(
  { code, message, status, details, headers }: S3Error,
  method: string,
  requestId: string,
): StandInAnswer {
  if (method === 'HEAD') return { status, headers };
  const body = toErrorXml([
    ['Code', code],
    ['Message', message],
    ...Object.entries(details),
    ['RequestId', requestId],
    ['HostId', Buffer.from(requestId.repeat(3)).toString('base64')],
  ]);
  return { status, headers: { ...headers, 'content-type': 'application/xml' }, body };
}

import { outsideText } from '../../../outside-text.ts';
import { ToolError, type ToolErrorDetails } from '../../tool-error.ts';
import type { RawError } from './raw-error.ts';

const keyFix =
  'telling the person that AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY do not belong together or are gone';

/** By S3's word: what is wrong with who we are, and what mends it. */
const faults: Record<string, readonly [what: string, wayOut: string]> = {
  InvalidAccessKeyId: ['S3 does not know the access key', keyFix],
  SignatureDoesNotMatch: ['the secret does not belong to the access key', keyFix],
  InvalidToken: ['the session token is not valid', 'telling the person to renew AWS_SESSION_TOKEN'],
  ExpiredToken: [
    'the credentials have expired',
    'telling the person to renew AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN',
  ],
  RequestTimeTooSkewed: [
    'the clock of this machine is more than 15 minutes off',
    'telling the person to set the clock',
  ],
  AuthorizationHeaderMalformed: [
    'S3 expects another region',
    'telling the person to set AWS_DEFAULT_REGION to the region of the bucket',
  ],
  CredentialsProviderError: [
    'no credentials were found in the environment, the AWS files, or the machine',
    'telling the person to set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE',
  ],
};
const aliases: Record<string, string> = {
  ExpiredTokenException: 'ExpiredToken',
  TokenRefreshRequired: 'ExpiredToken',
  InvalidClientTokenId: 'InvalidAccessKeyId',
  UnrecognizedClientException: 'InvalidAccessKeyId',
  AuthorizationQueryParametersError: 'AuthorizationHeaderMalformed',
  TokenProviderError: 'CredentialsProviderError',
};

/** What is wrong with the credentials, if that is it. */
export function authFaults(raw: RawError, details: ToolErrorDetails): ToolError | undefined {
  const fault = faults[aliases[raw.code] ?? raw.code];
  if (fault) {
    const [what, wayOut] = fault;
    return new ToolError('AUTH_FAILED', what, { try: wayOut, ...details });
  }
  if (/region is missing/i.test(raw.message))
    return new ToolError('AUTH_FAILED', 'no region is set', {
      try: 'telling the person to set AWS_DEFAULT_REGION',
      ...details,
    });
  return;
}

const throttled = /^(SlowDown|Throttl|TooManyRequests|RequestLimitExceeded|RequestThrottled)/;
const unreachable = /^(E[A-Z_]+|ERR_TLS\w*|CERT_\w+|DEPTH_\w+|SELF_\w+|UNABLE_\w+)$/;

/** What is wrong on the way to S3, if that is it. */
export function networkFault(raw: RawError, details: ToolErrorDetails): ToolError | undefined {
  if (throttled.test(raw.code) || raw.status === 429)
    return new ToolError('RATE_LIMITED', 'S3 takes no more requests for now', {
      try: 'the same again in a few seconds, with a narrower prefix',
      ...details,
    });
  if (raw.code === 'PermanentRedirect' || raw.status === 301 || raw.status === 307)
    return new ToolError(
      'UPSTREAM_ERROR',
      'the bucket is in another region, which S3 does not name',
      {
        try: 'telling the person to set AWS_DEFAULT_REGION to its region',
        ...details,
      },
    );
  if (raw.status === 0 && unreachable.test(raw.code))
    return new ToolError('UPSTREAM_ERROR', `S3 can't be reached (${outsideText(raw.code, 40)})`, {
      try: 'the same again in a moment; if it goes on, tell the person that the source is down',
      ...details,
    });
  return;
}

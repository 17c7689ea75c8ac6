import { S3Error } from './s3-error.ts';

/** How many a list may have: what was asked for, never more than `most`. Throws InvalidArgument. */
export function toLimit(text: string | null, most: number, name: string): number {
  const limit = text === null ? most : Number(text || Number.NaN);
  if (Number.isInteger(limit) && limit >= 0 && limit < 2 ** 31) return Math.min(limit, most);
  throw new S3Error('InvalidArgument', {
    message: `Argument ${name} must be an integer between 0 and 2147483647`,
    details: { ArgumentName: name, ArgumentValue: text ?? '' },
  });
}

/** A place in a list as a token that callers can't read. */
export const toToken = (place: readonly [string, boolean]): string =>
  Buffer.from(JSON.stringify(place)).toString('base64');

/** Back from a token. Throws InvalidArgument. */
export function fromToken(token: string): [string, boolean] {
  try {
    const [after, folderDone] = JSON.parse(Buffer.from(token, 'base64').toString());
    if (typeof after === 'string' && typeof folderDone === 'boolean') return [after, folderDone];
  } catch {
    // Falls through to the same refusal.
  }
  throw new S3Error('InvalidArgument', {
    message: 'The continuation token provided is incorrect',
    details: { ArgumentName: 'continuation-token' },
  });
}

/** How names are written: as they are, or with `encoding-type=url` as addresses are. Throws InvalidArgument. */
export function toNameWriter(encoding: string | null): (name: string) => string {
  if (encoding === null) return (name) => name;
  if (encoding === 'url') return encodeName;
  throw new S3Error('InvalidArgument', {
    message: 'Invalid Encoding Method specified in Request',
    details: { ArgumentName: 'encoding-type', ArgumentValue: encoding },
  });
}

/** A space is `+` and a slash stays, as in S3. */
const encodeName = (name: string) =>
  encodeURIComponent(name)
    .replace(/[!'()~]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
    .replaceAll('%2F', '/');

import { ToolError } from '../../tool-error.ts';

/**
 * What every right answer of S3 has; a web page or an empty body with the status 200 does not, and the SDK takes it
 * for an answer with nothing in it.
 *
 * @throws ToolError `UPSTREAM_ERROR` when it is missing.
 */
export function requireAnswer<Value>(value: Value | undefined): Value {
  if (value !== undefined) return value;
  throw new ToolError('UPSTREAM_ERROR', 'S3 gave something else where its answer belongs', {
    why: 'a proxy, a login page or another kind of server may stand at AWS_ENDPOINT_URL_S3',
    try: 'the same again in a moment; if it goes on, tell the person that the source is not working',
  });
}

import type { Fault } from '../stand-in/fault.ts';
import { S3Error, type S3ErrorCode, type S3ErrorFacts, toErrorAnswer } from './s3-error.ts';

/** S3 refuses though all is right: `s3Fault('SlowDown', { times: 3 })`. `SlowDown` is its word for too many requests. */
export function s3Fault(
  code: S3ErrorCode,
  { message, details, ...fault }: Pick<S3ErrorFacts, 'message' | 'details'> & Fault = {},
): Fault {
  const facts = { ...(message !== undefined && { message }), ...(details && { details }) };
  const { status, headers, body } = toErrorAnswer(new S3Error(code, facts), 'GET', 'F'.repeat(16));
  return { status, ...(headers && { headers }), body: String(body), ...fault };
}

/** Half of a list, with a status that says all is well. */
export const halfXml: Fault = {
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: '<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult><Name>docs</Name><Contents><Key>a',
};

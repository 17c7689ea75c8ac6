import { toRecord } from '../schema.ts';
import { call, NoAnswer, type Steps } from './plan.ts';
import { bucketNames, searchFiles } from './s3-find.ts';

/** An order whose payment a log says to have failed. */
export interface FailedPayment {
  order: string;
  tries: number;
  first: string;
  reason: string;
}

/** Parts of a log that are read at most, of 40 kB each. */
const mostParts = 5;

/**
 * Looks for the log of a day in the buckets that are called so, and reads its payment failures.
 *
 * @throws NoAnswer where there is no such log.
 */
export function* readFailedPayments(
  s3: string,
  day: string,
  isToday: boolean,
): Steps<{ failures: FailedPayment[]; file: string; isWhole: boolean }> {
  const names = yield* bucketNames(s3);
  const logs = names.filter((name) => name.includes('log'));
  const places = (logs.length > 0 ? logs : names).slice(0, 8).map((name) => ({ name, prefix: '' }));
  const patterns = [
    `**/${day.replaceAll('-', '/')}/*`,
    `**/*${day}*`,
    ...(isToday ? ['**/current.*'] : []),
  ];
  const { files } = yield* searchFiles(s3, places, () => ({
    pattern: `{${patterns.join(',')}}`,
    limit: 10,
  }));
  const [file] = files;
  if (!file) throw new NoAnswer(`I found no log of ${day}.`);
  const { text, isWhole } = yield* readWhole(s3, file);
  return { failures: toFailures(text), file: `${file.bucket}/${file.key}`, isWhole };
}

function* readWhole(
  s3: string,
  { bucket, key }: { bucket: string; key: string },
): Steps<{ text: string; isWhole: boolean }> {
  let text = '';
  let at: Record<string, unknown> = {};
  for (let part = 0; part < mostParts; part++) {
    const found = yield* call(s3, 'read_object', { bucket, key, length: 40_000, ...at });
    text += String(found.text ?? '');
    if (found.truncated !== true || typeof found.next_offset !== 'number')
      return { text, isWhole: found.truncated !== true };
    at = { offset: found.next_offset, if_match: found.etag };
  }
  return { text, isWhole: false };
}

/** Of lines of JSON; others are left out. */
function toFailures(text: string): FailedPayment[] {
  const events = text.split('\n').flatMap((line) => {
    const event = parse(line);
    const isFailed = /payment.?(failed|refused|error)/.test(String(event.event ?? event.message));
    return isFailed && event.order !== undefined ? [event] : [];
  });
  return [...Map.groupBy(events, ({ order }) => String(order))].map(([order, all]) => ({
    order,
    tries: all.length,
    first: String(all[0]?.time ?? all[0]?.timestamp ?? ''),
    reason: [
      ...new Set(
        all.map(({ message, code }) => [message, code && `(${code})`].filter(Boolean).join(' ')),
      ),
    ].join('; '),
  }));
}

function parse(line: string): Record<string, unknown> {
  try {
    return toRecord(JSON.parse(line));
  } catch {
    return {};
  }
}

import type { IncomingHttpHeaders } from 'node:http';

/** Names that lead here and can be nobody else's: any other may be a site's own, made to point here. */
const names = ['127.0.0.1', 'localhost', 'host.docker.internal'];

/** Whether a request comes from a program on this machine or from the look-alike's own page, and not from another site's. */
export function isOwn(headers: IncomingHttpHeaders): boolean {
  const { host = '', origin, 'sec-fetch-site': site = 'none' } = headers;
  return (
    names.includes(URL.parse(`http://${host}`)?.hostname ?? '') &&
    (origin === undefined || origin === `http://${host}`) &&
    // Pictures and links have no Origin; browsers say of them where they stand.
    ['none', 'same-origin'].includes(String(site))
  );
}

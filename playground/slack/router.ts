import type { IncomingMessage, ServerResponse } from 'node:http';
import { onDownload, onUpload } from './files/downloads.ts';
import { sendJson } from './http.ts';
import { onResponse } from './interactivity/responses.ts';
import { withFaults } from './limits/faulty-address.ts';
import { isOwn } from './own-request.ts';
import type { Parts } from './parts.ts';
import { Refusal } from './refusal.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;
type Page = (path: string, response: ServerResponse) => Promise<void>;

/** Which part answers which path. What nobody knows is the page's, and the only thing that other sites may link to. */
export function openRouter(
  parts: Parts,
  { webApi, control, page }: { webApi: Handler; control: Handler; page: Page },
) {
  const routes = new Map<string, Handler>([
    ['api', webApi],
    ['control', control],
    [
      'upload',
      (request, response, url) =>
        withFaults(parts, 'upload', response, () =>
          onUpload(parts, request, response, segment(url, 3)),
        ),
    ],
    [
      'files',
      async (request, response, url) => onDownload(parts, request, response, segment(url, 2)),
    ],
    [
      'response',
      (request, response, url) =>
        withFaults(parts, 'response', response, () =>
          onResponse(parts, request, response, segment(url, 2)),
        ),
    ],
  ]);

  const answer: Handler = async (request, response, url) => {
    const route = routes.get(segment(url, 1));
    if (!route) return page(url.pathname, response);
    if (!isOwn(request.headers)) throw new Refusal('forbidden', ['not for other sites’ pages']);
    return route(request, response, url);
  };

  return (request: IncomingMessage, response: ServerResponse): void => {
    const url = URL.parse(request.url ?? '/', parts.url());
    if (!url) {
      sendJson(response, 400, { ok: false, error: 'invalid_url' });
      return;
    }
    answer(request, response, url).catch((error: unknown) => {
      const refused = error instanceof Refusal;
      sendJson(response, refused ? (statuses.get(error.error) ?? 400) : 500, {
        ok: false,
        error: refused ? error.error : 'internal_error',
        message: error instanceof Error ? error.message : String(error),
      });
    });
  };
}

const segment = ({ pathname }: URL, index: number) => pathname.split('/')[index] ?? '';

/** Everything else that is refused is a bad request. */
const statuses = new Map([
  ['forbidden', 403],
  ['not_found', 404],
  ['request_too_large', 413],
  ['no_reply', 504],
]);

import type { IncomingMessage, ServerResponse } from 'node:http';
import { onDownload, onUpload } from './files/downloads.ts';
import { sendJson } from './http.ts';
import { onResponse } from './interactivity/responses.ts';
import { withFaults } from './limits/faulty-address.ts';
import type { Parts } from './parts.ts';
import { Refusal } from './refusal.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;
type Page = (path: string, response: ServerResponse) => Promise<void>;

/** Which part answers which path. What nobody knows is the page's. */
export function openRouter(
  parts: Parts,
  { webApi, control, page }: { webApi: Handler; control: Handler; page: Page },
) {
  const route: Handler = async (request, response, url) => {
    const [, first, second = '', third = ''] = url.pathname.split('/');
    if (first === 'api') await webApi(request, response, url);
    else if (first === 'control') await control(request, response, url);
    else if (first === 'upload')
      await withFaults(parts, 'upload', response, () => onUpload(parts, request, response, third));
    else if (first === 'files') onDownload(parts, request, response, second);
    else if (first === 'response')
      await withFaults(parts, 'response', response, () =>
        onResponse(parts, request, response, second),
      );
    else await page(url.pathname, response);
  };

  return (request: IncomingMessage, response: ServerResponse): void => {
    const path = URL.parse(request.url ?? '/', parts.url());
    if (!path) {
      sendJson(response, 400, { ok: false, error: 'invalid_url' });
      return;
    }
    route(request, response, path).catch((error: unknown) => {
      const refused = error instanceof Refusal;
      sendJson(response, refused ? statusOf(error) : 500, {
        ok: false,
        error: refused ? error.error : 'internal_error',
        message: error instanceof Error ? error.message : String(error),
      });
    });
  };
}

const statusOf = ({ error }: Refusal) => (error === 'request_too_large' ? 413 : 400);

import type { IncomingMessage, ServerResponse } from 'node:http';
import { onDownload, onUpload } from './downloads.ts';
import { send, sendJson } from './http.ts';
import type { Parts } from './parts.ts';
import { Refusal } from './refusal.ts';
import { onResponse } from './responses.ts';
import { serveFile } from './web-root.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

/** Which part answers which path. What nobody knows is the page's. */
export function openRouter(
  parts: Parts,
  { webApi, control, webRoot }: { webApi: Handler; control: Handler; webRoot?: string | undefined },
) {
  const route: Handler = async (request, response, url) => {
    const [, first, second = '', third = ''] = url.pathname.split('/');
    if (first === 'api') await webApi(request, response, url);
    else if (first === 'control') await control(request, response, url);
    else if (first === 'upload') await onUpload(parts, request, response, third);
    else if (first === 'files') onDownload(parts, request, response, second);
    else if (first === 'response') await onResponse(parts, request, response, second);
    else if (webRoot) await serveFile(webRoot, url.pathname, response);
    else send(response, 404, 'This Slack look-alike was started without its page.');
  };

  return (request: IncomingMessage, response: ServerResponse): void => {
    const path = URL.parse(request.url ?? '/', parts.url());
    if (!path) {
      sendJson(response, 400, { ok: false, error: 'invalid_url' });
      return;
    }
    route(request, response, path).catch((error: unknown) => {
      const refused = error instanceof Refusal;
      sendJson(response, refused ? 400 : 500, {
        ok: false,
        error: refused ? error.error : 'internal_error',
        message: error instanceof Error ? error.message : String(error),
      });
    });
  };
}

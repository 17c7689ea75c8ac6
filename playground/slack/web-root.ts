import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { send } from './http.ts';

/** The folder of a built page, or what builds it: that is called once, and people see that it is being built. */
export type WebRoot = string | (() => Promise<string>);

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.map': 'application/json',
};

const headers = {
  'x-content-type-options': 'nosniff',
  'content-security-policy':
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
};

/** Looks again every second, without a script. */
const waitingPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="1">
<meta name="color-scheme" content="light dark">
<title>Slack</title>
<body style="font: 16px system-ui; margin: 4rem; text-align: center">
<p role="status">The page is being built. It shows by itself in a few seconds; the next start finds it built.</p>
`;

/** Gives what answers everything that is no API: the page's files. Never throws. */
export function openPage(webRoot: WebRoot | undefined) {
  let folder = typeof webRoot === 'string' ? webRoot : undefined;
  let problem: string | undefined;
  if (webRoot === undefined) problem = 'This Slack look-alike was started without its page.';
  if (typeof webRoot === 'function')
    webRoot().then(
      (built) => {
        folder = built;
      },
      (error: unknown) => {
        problem = stripVTControlCharacters(error instanceof Error ? error.message : String(error));
      },
    );
  return async (path: string, response: ServerResponse): Promise<void> => {
    if (folder) await serveFile(folder, path, response);
    else if (problem) send(response, 404, problem);
    else if (path === '/') send(response, 200, waitingPage, types['.html'], headers);
    else send(response, 503, 'The page is being built.');
  };
}

/** Serves one file of a built page; `/` is its `index.html`. Nothing outside the folder can be named. */
async function serveFile(root: string, path: string, response: ServerResponse): Promise<void> {
  const file = toFile(root, path);
  const bytes = file && (await readFile(file).catch(() => undefined));
  if (!bytes) send(response, 404, 'Not found.');
  else send(response, 200, bytes, types[extname(file)] ?? 'application/octet-stream', headers);
}

function toFile(root: string, path: string): string | undefined {
  try {
    const decoded = decodeURIComponent(path === '/' ? '/index.html' : path);
    const file = normalize(join(root, decoded));
    return file.startsWith(normalize(root) + sep) && !decoded.includes('\0') ? file : undefined;
  } catch {
    return undefined;
  }
}

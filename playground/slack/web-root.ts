import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { send } from './http.ts';

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

/** Serves one file of a built page; `/` is its `index.html`. Nothing outside the folder can be named. */
export async function serveFile(root: string, path: string, response: ServerResponse) {
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

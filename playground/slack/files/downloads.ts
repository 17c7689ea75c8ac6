import type { IncomingMessage, ServerResponse } from 'node:http';
import { toPerson } from '../control/references.ts';
import type { FileInfo } from '../control-types.ts';
import { readBody, send } from '../http.ts';
import { hasScope } from '../limits/scopes.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';
import { appMayRead, sharesOf } from './file-shares.ts';
import { isPicture } from './file-types.ts';

/** `POST /upload/v1/<id>`: the bytes of an announced file, raw or as a form with one file. */
export async function onUpload(
  { files }: Parts,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): Promise<void> {
  const body = await readBody(request);
  const bytes = await fileBytes(body, request.headers['content-type'] ?? '');
  const taken = bytes !== undefined && files.upload(id, bytes);
  send(response, taken ? 200 : 400, taken ? `OK - ${bytes.length}` : 'invalid upload');
}

/** `GET /files/<id>/<name>`: without the token of an app that may read it Slack shows its login page, with status 200. */
export function onDownload(
  parts: Parts,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): void {
  const token = request.headers.authorization?.replace(/^Bearer\s+/i, '') ?? '';
  const known = parts.apps.byToken(token);
  const bytes = parts.files.bytes(id);
  if (known?.kind !== 'bot' || !mayDownload(parts, known.app))
    send(response, 200, loginPage, 'text/html');
  else if (!bytes) send(response, 404, 'file_not_found');
  else if (!mayRead(parts, known.app, id)) send(response, 200, loginPage, 'text/html');
  else sendBytes(response, parts.files.info(id), bytes);
}

/** `POST /control/upload?user=U…&name=sales.csv`: a person uploads the body. @throws Refusal as `uploadOf`. */
export async function onControlUpload(
  parts: Parts,
  request: IncomingMessage,
  { searchParams }: URL,
): Promise<{ file: FileInfo }> {
  const from = { user: searchParams.get('user') ?? '', name: searchParams.get('name') ?? '' };
  return { file: uploadOf(parts, from, await readBody(request)) };
}

/**
 * A file that a person uploads. Nobody else sees it before a message or a form names it.
 *
 * @throws Refusal `user_not_found`, `account_inactive`, `missing_argument` without name or bytes, `file_upload_size_restricted`.
 */
export function uploadOf(
  { workspace, files }: Parts,
  { user, name }: { user: string; name: string },
  bytes: Buffer,
): FileInfo {
  const person = toPerson(workspace, user);
  if (person.deleted) throw new Refusal('account_inactive');
  if (!name) throw new Refusal('missing_argument', ['the file needs a name']);
  return files.add(person.id, name, bytes);
}

/** `GET /control/file?id=F…`, for the page. @throws Refusal `file_not_found`. */
export function onControlFile({ files }: Parts, id: string, response: ServerResponse): void {
  const info = files.info(id);
  sendBytes(response, info, files.bytes(id) ?? Buffer.alloc(0));
}

/** Pictures are shown; everything else is saved, and could do nothing if it were opened. */
function sendBytes(response: ServerResponse, { name, mimetype }: FileInfo, bytes: Buffer): void {
  const kind = isPicture(mimetype) ? 'inline' : 'attachment';
  send(response, 200, bytes, mimetype, {
    'content-disposition': `${kind}; filename*=UTF-8''${encodeURIComponent(name)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  });
}

const loginPage = '<!DOCTYPE html><title>Sign in</title>';

const mayDownload = (parts: Parts, app: InstalledApp) =>
  app.installed && hasScope(parts, app, 'files:read');

const mayRead = (parts: Parts, app: InstalledApp, id: string) =>
  appMayRead(parts, app, parts.files.info(id), sharesOf(parts).get(id));

async function fileBytes(body: Buffer, contentType: string): Promise<Buffer | undefined> {
  if (!contentType.startsWith('multipart/form-data')) return body;
  const parse = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
  const form = await parse.formData().catch(() => undefined);
  const file = [...(form?.values() ?? [])].find((value) => typeof value !== 'string');
  return file && Buffer.from(await file.arrayBuffer());
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, send } from './http.ts';
import type { Parts } from './parts.ts';

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

/** `GET /files/<id>/<name>`: without the bot's token Slack shows its login page, with status 200. */
export function onDownload(
  { files, tokens }: Parts,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): void {
  const authorized = request.headers.authorization === `Bearer ${tokens.bot}`;
  const bytes = files.bytes(id);
  if (!authorized) send(response, 200, '<!DOCTYPE html><title>Sign in</title>', 'text/html');
  else if (!bytes) send(response, 404, 'file_not_found');
  else send(response, 200, bytes, files.info(id).mimetype);
}

async function fileBytes(body: Buffer, contentType: string): Promise<Buffer | undefined> {
  if (!contentType.startsWith('multipart/form-data')) return body;
  const parse = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
  const form = await parse.formData().catch(() => undefined);
  const file = [...(form?.values() ?? [])].find((value) => typeof value !== 'string');
  return file && Buffer.from(await file.arrayBuffer());
}

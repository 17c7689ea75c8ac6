import type { JiraAttachment } from '../jira-data.ts';
import type { JiraSite } from '../jira-site.ts';
import { Refusal } from '../refusal.ts';
import { attachmentJson } from '../render/derived-json.ts';
import { Answer, type JiraCall, type Routes } from '../router.ts';

/** Where the bytes are; who has the address needs no other right. */
const mediaPath = '/media/file/';

/** What is attached to issues. Jira sends whoever wants the bytes on to its media service, unless told not to. */
export const attachmentRoutes: Routes = {
  'GET /rest/api/3/attachment/content/{id}': (call) => {
    const attachment = find(call.site, call.params.id);
    if (call.query.get('redirect') === 'false') return bytesOf(attachment, call);
    const location = `http://${call.headers.host}${mediaPath}${attachment.id}/binary?token=for-${attachment.id}`;
    return new Answer(303, undefined, { location });
  },
  'GET /rest/api/3/attachment/{id}': ({ site, params }) => {
    const json = attachmentJson(site, find(site, params.id));
    return { ...json, id: Number(json.id) };
  },
  [`GET ${mediaPath}{id}/binary`]: (call) => {
    if (call.query.get('token') !== `for-${call.params.id}`) throw new Refusal(403, 'Forbidden');
    return bytesOf(find(call.site, call.params.id), call);
  },
};

/** Whether a request goes to the media service, which does not ask who one is. */
export const isMedia = (path: string) => path.startsWith(mediaPath);

function find({ data, may }: JiraSite, id = ''): JiraAttachment {
  const found = data.issues
    .flatMap(({ attachments }) => attachments)
    .find((each) => each.id === id);
  if (!found || !may('BROWSE_PROJECTS'))
    throw new Refusal(404, `The attachment with id '${id}' does not exist`);
  return found;
}

/** All of it, or the range that was asked for. */
function bytesOf({ content, mimeType, filename }: JiraAttachment, { headers }: JiraCall): Answer {
  const described = {
    'content-type': mimeType,
    'accept-ranges': 'bytes',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(filename)}`,
  };
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
  if (from === undefined) return new Answer(200, content, described);
  const start = Number(from);
  const end = Math.min(to ? Number(to) + 1 : content.length, content.length);
  if (start >= end)
    return new Answer(416, undefined, { 'content-range': `bytes */${content.length}` });
  return new Answer(206, content.subarray(start, end), {
    ...described,
    'content-range': `bytes ${start}-${end - 1}/${content.length}`,
  });
}

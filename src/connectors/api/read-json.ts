import { ToolError } from '../tool-error.ts';
import type { ApiAnswer } from './request-api.ts';

/**
 * What an API's answer says, as JSON.
 *
 * @throws ToolError `UPSTREAM_ERROR` for nothing, for a web page (a login, a maintenance notice), and for half an answer.
 */
export function readJson(
  title: string,
  { status, headers, text }: Pick<ApiAnswer, 'status' | 'headers' | 'text'>,
): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const isPage = /^\s*<|html/i.test(`${text.slice(0, 200)}${headers.get('content-type')}`);
    const what = !text.trim() ? 'nothing' : isPage ? 'a web page' : 'half an answer';
    throw new ToolError('UPSTREAM_ERROR', `${title} gave ${what} where data belongs`, {
      why: `the status was ${status}${isPage ? '; a proxy or a login page may stand before it' : ''}`,
      try: 'the same again in a moment; if it goes on, tell the person that the source is not working',
      cause,
    });
  }
}

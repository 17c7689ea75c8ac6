/** How much room a text takes: at least its length, and the sum of its pieces. */
export type Size = (text: string) => number;

/** Characters (UTF-16) within a JSON string: Slack counts blocks as they are sent. */
export const jsonSize: Size = (text) => JSON.stringify(text).length - 2;

/** Bytes in UTF-8: Slack counts plain text so. */
export const byteSize: Size = (text) => Buffer.byteLength(text);

/** Whether a text takes no more than `room`. */
export const fits = (text: string, room: number, size: Size): boolean =>
  text.length <= room && size(text) <= room;

/**
 * How many characters of a text fit into `room`, at least one; rather up to a space than in the middle of a
 * word, never in the middle of a character or an entity.
 */
export function spanWithin(text: string, room: number, size: Size): number {
  let low = 1;
  let high = Math.min(text.length, Math.max(1, room));
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (size(text.slice(0, middle)) <= room) low = middle;
    else high = middle - 1;
  }
  if (low >= text.length) return text.length;
  const space = text.slice(0, low).lastIndexOf(' ');
  if (space > low / 2) return space + 1;
  const entity = /&[a-z]{0,3}$/.exec(text.slice(Math.max(0, low - 4), low));
  if (entity && low > 5) low -= entity[0].length;
  if (!isHighSurrogate(text, low - 1)) return low;
  return low > 1 ? low - 1 : 2;
}

/** The beginning of a text in at most `room` (more than 10), with `…` where it was cut. */
export function clip(text: string, room: number, size: Size): string {
  if (fits(text, room, size)) return text;
  return `${text.slice(0, spanWithin(text, room - size('…'), size)).trimEnd()}…`;
}

const isHighSurrogate = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit < 0xdc00;
};

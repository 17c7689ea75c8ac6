import { mayHoldSecret, redact } from '../redact.ts';

/**
 * A tool's result without what looks like a secret, since it goes to a model and stays in a transcript.
 *
 * In JSON, also in the head of some that is cut, each string is looked at by itself and as it reads: across commas and
 * escapes a web address and a mail address beside it would pass for one with a password, and a token after a line
 * break for part of a word.
 */
export function redactResult(text: string): string {
  if (!mayHoldSecret(text)) return text;
  if (!/^\s*[[{]/.test(text)) return redact(text, none);
  return text.replace(strings, (piece) =>
    piece[0] === '"' ? inString(piece) : redact(piece, none),
  );
}

const none: string[] = [];

/** The strings of a JSON text, the last one perhaps without its end, and what stands between them. */
const strings = /"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\\?$)|[^"]+/g;

function inString(piece: string): string {
  const words = toWords(piece);
  const clean = redact(words ?? piece, none);
  if (clean === (words ?? piece)) return piece;
  return words === undefined ? clean : JSON.stringify(clean);
}

/** What a JSON string says; nothing for one that is none. */
function toWords(piece: string): string | undefined {
  try {
    return JSON.parse(piece);
  } catch {
    return undefined;
  }
}

import type { Gate } from './output-gate.ts';
import { clip, jsonSize } from './size.ts';
import { hasText, type ReplyState, type ToolWork, thinkingKept } from './state.ts';

const linesShown = 3;
const lineLength = 120;

/**
 * What is happening now, in one to four lines that read the same as Markdown and as mrkdwn:
 * "_Querying MySQL:_ `SELECT …`", "_Thinking…_".
 */
export function workingLines(state: ReplyState, gate: Gate): string[] {
  const running = state.tools.filter(({ outcome }) => !outcome);
  if (running.length > 0) {
    const lines = running.slice(0, linesShown).map((tool) => toLine(tool, gate));
    const more = running.length - linesShown;
    return more > 0 ? [...lines, `_and ${more} more_`] : lines;
  }
  if (state.status) return [italic(state.status, gate)];
  const thought = tailOf(state.thinking, gate);
  if (thought) return [`_${thought}_`];
  return [hasText(state) ? '_Writing…_' : '_Thinking…_'];
}

function toLine({ source, detail, progress }: ToolWork, gate: Gate): string {
  const label = `Querying ${oneLine(source, gate, 40)}`;
  const code = oneLine(detail, gate, lineLength - label.length);
  const shown = code ? `_${label}:_ \`${code}\`` : `_${label}…_`;
  return progress ? `${shown} · ${oneLine(progress, gate, 60)}` : shown;
}

const italic = (text: string, gate: Gate): string => `_${oneLine(text, gate, lineLength)}_`;

/** The whole passes the gate before it is cut: half a secret would not be recognised. */
const oneLine = (text: string, gate: Gate, length: number): string =>
  clip(flat(gate.pass(text.slice(0, 10_000), 'markdown')), Math.max(20, length), jsonSize);

/** The last words of a thought. Where its beginning was cut, the first word is half a word or half a secret. */
function tailOf(thinking: string, gate: Gate): string {
  const whole = thinking.length < thinkingKept ? thinking : thinking.replace(/^\S*\s*/, '');
  const words = gate.holdBack(whole);
  const flatWords = flat(gate.pass(words, 'markdown'));
  if (flatWords.length <= lineLength) return flatWords;
  return `…${flatWords.slice(-lineLength).replace(/^\S*\s+/, '')}`;
}

/** On one line and without the marks that would end italics or code. */
const flat = (text: string): string => text.replaceAll(/`+/g, "'").replaceAll(/\s+/g, ' ').trim();

import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sign } from './sign.ts';
import type { StreamEvent } from './sse.ts';
import type { Fault, Pace, Piece, StopReason, Turn } from './turn.ts';

/** Where a turn goes, and how. */
export interface TurnStream {
  model: string;
  inputTokens: number;
  send(event: StreamEvent): void;
  /** Tells of every character that goes out. */
  onText(): void;
  /** Absent: as fast as it can be written. */
  pace?: Pace | undefined;
  /** When the request came, by `performance.now()`. */
  arrivedAt: number;
  signal: AbortSignal;
}

/** How a stream ended: whole, or with the fault that the server now has to commit. */
export type TurnEnd = { whole: true } | { whole: false; fault: Fault };

/** Sends a turn as the events of the Messages API. Rejects when the signal fires, i.e. the client went away. */
export async function streamTurn(turn: Turn, stream: TurnStream): Promise<TurnEnd> {
  const { pieces, fault } = cutAtFault([turn].flat());
  const blocks = pieces.filter(isBlock);
  if (fault?.type === 'refused') return { whole: false, fault };

  const { pace, signal, send } = stream;
  if (pace) await until(stream.arrivedAt + pace.firstTokenMs, signal);
  send(messageStart(stream));
  send({ type: 'ping' });
  let outputTokens = 1;
  for (const [index, piece] of blocks.entries()) {
    send({ type: 'content_block_start', index, content_block: toEmptyBlock(piece) });
    for await (const delta of deltas(piece, stream)) {
      send({ type: 'content_block_delta', index, delta });
      outputTokens++;
      if (delta.type === 'text_delta') stream.onText();
    }
    // A block that breaks off in a fault never ends.
    if (!fault || index < blocks.length - 1) send({ type: 'content_block_stop', index });
  }
  if (fault) return { whole: false, fault };

  const delta = { stop_reason: toStopReason(pieces), stop_sequence: null, container: null };
  send({ type: 'message_delta', delta, usage: toUsage(stream.inputTokens, outputTokens) });
  send({ type: 'message_stop' });
  return { whole: true };
}

/** The same turn as the JSON of a request without `stream`. */
export function toMessage(
  turn: Turn,
  { model, inputTokens }: Pick<TurnStream, 'model' | 'inputTokens'>,
) {
  const pieces = [turn].flat();
  const content = pieces.flatMap((piece): Record<string, unknown>[] => {
    if (piece.type === 'text') return [{ ...toEmptyBlock(piece), text: piece.chunks.join('') }];
    if (piece.type === 'thinking')
      return [{ ...toEmptyBlock(piece), thinking: piece.text, signature: sign(piece.text) }];
    if (piece.type === 'tool') return [{ ...toEmptyBlock(piece), input: piece.input }];
    return [];
  });
  return {
    ...emptyMessage(model),
    content,
    stop_reason: toStopReason(pieces),
    usage: toUsage(inputTokens, content.length),
  };
}

/** The pieces up to where the first fault strikes; a fault that needs text to strike in brings its own. */
function cutAtFault(pieces: Piece[]): { pieces: Content[]; fault?: Fault } {
  const at = pieces.findIndex(isFault);
  const fault = pieces[at];
  if (!fault || !isFault(fault)) return { pieces: pieces.filter((piece) => !isFault(piece)) };
  const before = pieces.slice(0, at).filter((piece) => !isFault(piece));
  if (fault.type === 'refused' || fault.afterChars === undefined) return { pieces: before, fault };

  if (!before.some(({ type }) => type === 'text'))
    before.push({ type: 'text', chunks: ['So far so good. '.repeat(fault.afterChars / 16 + 1)] });
  let left = fault.afterChars;
  const cut: Content[] = [];
  for (const piece of before) {
    if (piece.type !== 'text') {
      cut.push(piece);
      continue;
    }
    const text = piece.chunks.join('').slice(0, left);
    left -= text.length;
    cut.push({ type: 'text', chunks: [text] });
    if (left <= 0) break;
  }
  return { pieces: cut, fault };
}

type Content = Exclude<Piece, Fault>;

type Block = Exclude<Content, { type: 'stop' }>;

const isBlock = (piece: Content): piece is Block => piece.type !== 'stop';

const isFault = (piece: Piece): piece is Fault =>
  ['refused', 'error', 'stall', 'cut'].includes(piece.type);

type Delta = { type: string } & Record<string, unknown>;

async function* deltas(piece: Block, { pace, signal }: TurnStream): AsyncGenerator<Delta> {
  if (piece.type === 'text')
    for await (const text of paced(piece.chunks, pace, signal)) yield { type: 'text_delta', text };
  if (piece.type === 'thinking') {
    yield { type: 'thinking_delta', thinking: piece.text };
    yield { type: 'signature_delta', signature: sign(piece.text) };
  }
  if (piece.type === 'tool') {
    const json = JSON.stringify(piece.input);
    yield { type: 'input_json_delta', partial_json: '' };
    for (let from = 0; from < json.length; from += 40)
      yield { type: 'input_json_delta', partial_json: json.slice(from, from + 40) };
  }
}

/** Without a pace the chunks as they are; with one so many characters a tick, late ticks made up for. */
async function* paced(chunks: string[], pace: Pace | undefined, signal: AbortSignal) {
  if (!pace) {
    for (const chunk of chunks) {
      if (chunk) yield chunk;
      signal.throwIfAborted();
    }
    return;
  }
  const characters = [...chunks.join('')];
  const begin = performance.now();
  for (let tick = 0, sent = 0; sent < characters.length; tick++) {
    await until(begin + tick * pace.tickMs, signal);
    tick = Math.max(tick, Math.floor((performance.now() - begin) / pace.tickMs));
    const due = (tick + 1) * pace.charsPerTick;
    yield characters.slice(sent, due).join('');
    sent = due;
  }
}

async function until(time: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const left = time - performance.now();
  if (left > 0) await sleep(left, undefined, { signal });
}

function toEmptyBlock(piece: Block): Record<string, unknown> {
  if (piece.type === 'text') return { type: 'text', text: '', citations: null };
  if (piece.type === 'thinking') return { type: 'thinking', thinking: '', signature: '' };
  const id = `toolu_${randomBytes(12).toString('hex')}`;
  return { type: 'tool_use', id, name: piece.name, input: {}, caller: { type: 'direct' } };
}

function toStopReason(pieces: Piece[]): StopReason {
  const stop = pieces.find((piece) => piece.type === 'stop');
  if (stop) return stop.reason;
  return pieces.some(({ type }) => type === 'tool') ? 'tool_use' : 'end_turn';
}

const emptyMessage = (model: string) => ({
  id: `msg_${randomBytes(12).toString('hex')}`,
  type: 'message',
  role: 'assistant',
  model,
  content: [],
  stop_reason: null,
  stop_sequence: null,
});

const messageStart = ({ model, inputTokens }: TurnStream): StreamEvent => ({
  type: 'message_start',
  message: { ...emptyMessage(model), usage: toUsage(inputTokens, 1) },
});

const toUsage = (input: number, output: number) => ({
  input_tokens: input,
  output_tokens: output,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  service_tier: 'standard',
});

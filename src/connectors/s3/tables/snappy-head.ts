/**
 * The beginning of what was packed with Snappy, at most `most` bytes, also when the input ends half-way.
 *
 * @throws Error for a copy from before the beginning.
 */
export function snappyHead(input: Uint8Array, most: number): Uint8Array {
  const output = new Uint8Array(most);
  let at = 0;
  let pos = input.findIndex((byte) => byte < 0x80) + 1; // in front stands the length of the whole
  while (pos > 0 && pos < input.length && at < most) {
    const tag = readTag(input, pos);
    pos += tag.size;
    if (pos > input.length) break;
    if (tag.offset === undefined) {
      const literal = input.subarray(pos, pos + Math.min(tag.length, most - at));
      output.set(literal, at);
      at += literal.length;
      pos += tag.length;
    } else {
      if (tag.offset === 0 || tag.offset > at) throw new Error('a copy from nowhere');
      const end = Math.min(most, at + tag.length);
      for (; at < end; at++) output[at] = output[at - tag.offset] ?? 0; // they may overlap
    }
  }
  return output.subarray(0, at);
}

/** A piece of the text itself, or how far back to copy from. */
interface Tag {
  /** Of the tag. */
  size: number;
  /** Of what it stands for. */
  length: number;
  offset?: number;
}

function readTag(input: Uint8Array, pos: number): Tag {
  const tag = input[pos] ?? 0;
  const high = tag >>> 2;
  const number = (bytes: number) => {
    let value = 0;
    for (let i = bytes; i > 0; i--) value = value * 256 + (input[pos + i] ?? 0);
    return value;
  };
  if ((tag & 3) === 0)
    return high < 60
      ? { size: 1, length: high + 1 }
      : { size: high - 58, length: number(high - 59) + 1 };
  if ((tag & 3) === 1)
    return { size: 2, length: (high & 7) + 4, offset: (tag >>> 5) * 256 + (input[pos + 1] ?? 0) };
  const bytes = (tag & 3) === 2 ? 2 : 4;
  return { size: bytes + 1, length: high + 1, offset: number(bytes) };
}

/** Whether each byte 10 of an encoding ends a line, and nothing else does. */
export const hasPlainLines = (encoding: string) => !/^utf-(16|32)/.test(encoding);

/**
 * Leaves out so many lines in front without decoding them: text that nobody reads would fill the memory. `onLine` is
 * told of each; fewer than `count` are all there are.
 */
export async function* skipLines(
  pieces: AsyncIterable<Buffer>,
  count: number,
  onLine: () => void,
): AsyncGenerator<Buffer> {
  let left = count;
  let isOpen = false;
  for await (const piece of pieces) {
    let start = 0;
    for (; left > 0; left--) {
      const end = piece.indexOf(10, start);
      if (end < 0) break;
      start = end + 1;
      onLine();
    }
    if (left === 0 && start < piece.length) yield piece.subarray(start);
    isOpen = piece.length > 0 ? piece.at(-1) !== 10 : isOpen;
  }
  if (left > 0 && isOpen) onLine(); // the last line has no end
}

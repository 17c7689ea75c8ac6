/**
 * The whole body of an answer, or nothing when it has more than so many bytes; the rest is then not read.
 *
 * @throws what `fetch` throws when the connection breaks half-way.
 */
export async function readCapped(
  response: Response,
  maxBytes: number,
): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop cancels the stream, and with it the connection.
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) return;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}

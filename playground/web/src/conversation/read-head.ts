const mostBytes = 32 * 1024;

/** The beginning of a file as text, at most 32 kB; the rest is not fetched. Throws when there is no such file. */
export async function readHead(address: string, signal: AbortSignal): Promise<string> {
  const answer = await fetch(address, { signal });
  if (!answer.ok || !answer.body) throw new Error(`The playground answered ${answer.status}.`);
  const decoder = new TextDecoder();
  let text = '';
  let left = mostBytes;
  for await (const chunk of chunksOf(answer.body)) {
    text += decoder.decode(chunk.subarray(0, left), { stream: true });
    left -= chunk.length;
    if (left <= 0) break;
  }
  return text;
}

/** As not every browser can walk through a stream by itself. Leaving the loop ends the download. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

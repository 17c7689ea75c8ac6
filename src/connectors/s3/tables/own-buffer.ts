/** The bytes as a buffer with nothing else in it. They are copied only where something else is. */
export function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer } = bytes;
  const isOwn = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength;
  return isOwn ? buffer : new Uint8Array(bytes).buffer;
}

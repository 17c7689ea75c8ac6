import { describe, expect, it } from 'vitest';
import { decodePiece } from '../../../../src/connectors/s3/content/decode-piece.ts';

const text = 'aß€😀漢字 Ünï\r\nz';

function toUtf32(encoding: 'utf-32le' | 'utf-32be'): Buffer {
  const chars = [...text];
  const bytes = Buffer.alloc(chars.length * 4);
  chars.forEach((char, i) => {
    const code = char.codePointAt(0) ?? 0;
    if (encoding === 'utf-32le') bytes.writeUInt32LE(code, i * 4);
    else bytes.writeUInt32BE(code, i * 4);
  });
  return bytes;
}

describe.each([
  ['utf-8', Buffer.from(text)],
  ['utf-16le', Buffer.from(text, 'utf16le')],
  ['utf-16be', Buffer.from(text, 'utf16le').swap16()],
  ['utf-32le', toUtf32('utf-32le')],
  ['utf-32be', toUtf32('utf-32be')],
])('in %s', (encoding, bytes) => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13])(
    'pages of %d bytes that go on where the last ended give the whole text',
    (length) => {
      let all = '';
      let offset = 0;
      for (let pages = 0; offset < bytes.length && pages < 200; pages++) {
        const size = Math.max(length, 4); // a page holds a character
        const page = bytes.subarray(offset, offset + size);
        const isEnd = offset + page.length >= bytes.length;
        const piece = decodePiece(page, { encoding, offset, isEnd });
        expect(piece.skipped).toBe(0);
        all += piece.text;
        offset += page.length - piece.left;
      }
      expect(all).toBe(text);
    },
  );

  it('a piece from anywhere holds whole characters of the text only', () => {
    for (let start = 1; start < bytes.length; start++)
      for (let end = start + 1; end <= bytes.length; end++) {
        const page = bytes.subarray(start, end);
        const isEnd = end === bytes.length;
        const piece = decodePiece(page, { encoding, offset: start, isEnd });
        expect(text).toContain(piece.text);
      }
  });
});

it('leaves out the mark in front', () => {
  const bytes = Buffer.from('\ufeffx');
  expect(decodePiece(bytes, { encoding: 'utf-8', offset: 0, isEnd: true }).text).toBe('x');
});

it('shows bytes that are no UTF-8 as such, and goes past them', () => {
  const bytes = Buffer.from([0x80, 0x80, 0x80, 0x80, 0x41]);
  const piece = decodePiece(bytes, { encoding: 'utf-8', offset: 5, isEnd: false });
  expect(piece).toEqual({ text: '����A', skipped: 0, left: 0 });
});

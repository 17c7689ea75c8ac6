import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { detectContent } from '../../../../src/connectors/s3/content/detect-content.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');
const text = 'Größe;Preis\r\nzwölf;3,50\r\n';
const wide = (encoding: 'le' | 'be', mark: boolean) => {
  const bytes = Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le');
  return encoding === 'le' ? bytes : bytes.swap16();
};
const utf32 = Buffer.alloc(12);
[0xfeff, 0x1f600, 0x41].forEach((code, i) => void utf32.writeUInt32LE(code, i * 4));

it.each([
  ['nothing', Buffer.alloc(0), { kind: 'text', encoding: 'utf-8' }],
  ['ASCII', Buffer.from('plain'), { kind: 'text', encoding: 'utf-8' }],
  ['UTF-8', Buffer.from(text), { kind: 'text', encoding: 'utf-8' }],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), { kind: 'text', encoding: 'utf-8' }],
  ['UTF-16 LE with a mark', wide('le', true), { kind: 'text', encoding: 'utf-16le' }],
  ['UTF-16 BE with a mark', wide('be', true), { kind: 'text', encoding: 'utf-16be' }],
  ['UTF-16 LE without', wide('le', false), { kind: 'text', encoding: 'utf-16le' }],
  ['UTF-16 BE without', wide('be', false), { kind: 'text', encoding: 'utf-16be' }],
  ['UTF-32', utf32, { kind: 'text', encoding: 'utf-32le' }],
  ['windows-1252', latin(text), { kind: 'text', encoding: 'windows-1252', isGuess: true }],
  ['coloured logs', Buffer.from('\u001b[31mred\u001b[0m\n'), { kind: 'text', encoding: 'utf-8' }],
  ['a text that begins with ORC', Buffer.from('ORCHIDS\n'), { kind: 'text', encoding: 'utf-8' }],
  ['a text that begins with BZh', Buffer.from('BZhello\n'), { kind: 'text', encoding: 'utf-8' }],
  ['PNG', latin('\x89PNG\r\n\x1a\n\0\0'), { kind: 'image', mimeType: 'image/png' }],
  ['JPEG', latin('\xff\xd8\xff\xe0\0\x10'), { kind: 'image', mimeType: 'image/jpeg' }],
  ['WebP', latin('RIFF\x10\0\0\0WEBPVP8 '), { kind: 'image', mimeType: 'image/webp' }],
  ['a sound in RIFF', latin('RIFF\x10\0\0\0WAVEfmt '), { kind: 'binary', what: 'unknown' }],
  ['gzip', gzipSync('x'), { kind: 'compressed', format: 'gzip' }],
  ['Zstandard', zstdCompressSync('x'), { kind: 'compressed', format: 'zstd' }],
  ['PDF', latin('%PDF-1.7\n'), { kind: 'binary', what: 'a PDF' }],
  ['Parquet', latin('PAR1\x15\0'), { kind: 'binary', what: 'Parquet' }],
  ['zeros', Buffer.alloc(100), { kind: 'binary', what: 'unknown' }],
  [
    'noise',
    Buffer.from(Array.from({ length: 300 }, (_, i) => (i * 167 + 13) % 256)),
    { kind: 'binary', what: 'unknown' },
  ],
  [
    'Cyrillic in one byte',
    Buffer.from([...'йцукен'].map((_, i) => 0xe0 + i)),
    { kind: 'binary', what: 'unknown' },
  ],
])('takes %s for what it is', (_, bytes, expected) => {
  expect(detectContent(bytes, true)).toEqual(expected);
});

it('takes no character that the end cuts for a fault', () => {
  const bytes = Buffer.from('ünïcödé €'.repeat(600));
  for (let length = 4000; length < 4010; length++)
    expect(detectContent(bytes.subarray(0, length), false)).toEqual({
      kind: 'text',
      encoding: 'utf-8',
    });
});

it('takes a cut character at the end of everything for another encoding', () => {
  const bytes = Buffer.from('caf\u00e9').subarray(0, 4);
  expect(detectContent(bytes, true)).toMatchObject({ encoding: 'windows-1252' });
});

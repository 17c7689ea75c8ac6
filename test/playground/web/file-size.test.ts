import { expect, it } from 'vitest';
import { fileSize } from '../../../playground/web/src/composer/file-size.ts';

it.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1023, '1023 bytes'],
  [1024, '1 KB'],
  [1536, '1.5 KB'],
  [20 * 1024, '20 KB'],
  [1024 * 1024 - 1, '1 MB'],
  [3.4 * 1024 * 1024, '3.4 MB'],
  [1024 ** 3, '1 GB'],
  [5000 * 1024 ** 3, '5000 GB'],
])('shows %i bytes as %s', (bytes, words) => {
  expect(fileSize(bytes)).toBe(words);
});

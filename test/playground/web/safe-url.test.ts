import { expect, it } from 'vitest';
import { safeUrl } from '../../../playground/web/src/blocks/safe-url.ts';

it.each(['https://example.com/a?b=c', 'http://127.0.0.1:3000/', 'mailto:mara@example.com'])(
  'lets %s be followed',
  (url) => {
    expect(safeUrl(url)).toBe(url);
  },
);

it.each([
  undefined,
  '',
  'javascript:alert(1)',
  ' JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>',
  'vbscript:x',
  'file:///etc/passwd',
  '//example.com',
  'example.com',
])('does not let %j be followed', (url) => {
  expect(safeUrl(url)).toBeUndefined();
});

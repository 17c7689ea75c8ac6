import { describe, expect, it } from 'vitest';
import type { FileInfo } from '../../../playground/slack/control-types.ts';
import { toRows } from '../../../playground/web/src/conversation/csv-rows.ts';
import {
  fileAddress,
  fileFacts,
  fileKind,
} from '../../../playground/web/src/conversation/file-facts.ts';

describe('the first rows of a table', () => {
  it.each<[string, string, string[][]]>([
    ['nothing', '', []],
    ['a header alone', 'a,b', [['a', 'b']]],
    [
      'rows',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'Windows lines',
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'quotes',
      '"a, b","say ""hi"""\n"two\nlines",2',
      [
        ['a, b', 'say "hi"'],
        ['two\nlines', '2'],
      ],
    ],
    [
      'semicolons',
      'a;b,c;d\n1;2;3',
      [
        ['a', 'b,c', 'd'],
        ['1', '2', '3'],
      ],
    ],
    [
      'tabs',
      'a\tb\n1\t2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['a byte order mark', '\ufeffa,b', [['a', 'b']]],
    [
      'empty lines',
      'a,b\n\n1,2\n\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'empty cells',
      'a,,c\n,,',
      [
        ['a', '', 'c'],
        ['', '', ''],
      ],
    ],
    ['a quote that never ends', 'a\n"b,c\nd', [['a'], ['b,c\nd']]],
  ])('%s', (_what, text, rows) => {
    expect(toRows(text, 9)).toEqual(rows);
  });

  it('stops after as many as wanted', () => {
    expect(toRows('a\n'.repeat(1_000), 6)).toHaveLength(6);
  });
});

describe('what a file is', () => {
  const file = (name: string, mimetype = 'application/octet-stream') =>
    ({ id: 'F1', name, mimetype, filetype: 'binary' }) as FileInfo;
  it.each([
    ['sales.csv', 'text/csv', 'table'],
    ['sales.TSV', undefined, 'table'],
    ['notes.txt', 'text/plain', 'text'],
    ['query.sql', undefined, 'text'],
    ['data', 'application/json', 'text'],
    ['song.mp3', 'audio/mpeg', 'audio'],
    ['film.mp4', 'video/mp4', 'video'],
    ['drawing.svg', 'image/svg+xml', 'picture'],
    ['archive.zip', 'application/zip', 'other'],
    ['nameless', undefined, 'other'],
  ])('%s (%s) is %s', (name, mimetype, kind) => {
    expect(fileKind(file(name, mimetype))).toBe(kind);
  });

  it('is told in words, and comes from the playground whatever its id', () => {
    const odd = { ...file('a'), id: 'F1&x=//elsewhere.test', filetype: 'csv', size: 2_048 };
    expect(fileFacts(odd)).toBe('CSV · 2 KB');
    expect(fileAddress(odd)).toBe('/control/file?id=F1%26x%3D%2F%2Felsewhere.test');
  });
});

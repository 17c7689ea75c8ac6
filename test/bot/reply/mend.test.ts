import { describe, expect, it } from 'vitest';
import { closeFence, mend } from '../../../src/bot/reply/mend.ts';

const fence = '```';

describe('mend', () => {
  it.each([
    ['', ''],
    ['Hel', 'Hel'],
    ['**bold', '**bold**'],
    ['**bold*', '**bold**'],
    ['**bold**', '**bold**'],
    ['a **', 'a'],
    ['a *', 'a'],
    ['a `', 'a'],
    ['an *emphasis', 'an *emphasis*'],
    ['an _emphasis', 'an _emphasis_'],
    ['***both', '***both***'],
    ['**bold and *both', '**bold and *both***'],
    ['~~gone', '~~gone~~'],
    ['`code', '`code`'],
    ['``code `x` y', '``code `x` y``'],
    ['``code`', '``code``'],
    ['**`a*b`', '**`a*b`**'],
    ['user_id and COUNT(*) and 2*3', 'user_id and COUNT(*) and 2*3'],
    ['SELECT * FROM x', 'SELECT * FROM x'],
    ['2**3 is 8', '2**3 is 8'],
    ['\\*literal', '\\*literal'],
    ['see [the ticket](https://tick', 'see the ticket'],
    ['see [the tick', 'see the tick'],
    ['see [the ticket](https://a.example)', 'see [the ticket](https://a.example)'],
    ['see ![a chart](https://a', 'see a chart'],
    ['(see [1](a note that goes on', '(see [1](a note that goes on'],
    ['- [ ] one\n- [x] two', '- [ ] one\n- [x] two'],
  ])('%j is shown as %j', (text, expected) => {
    expect(mend(text)).toBe(expected);
  });

  it.each([
    ['a line\n-', 'a line'],
    ['a line\n- ', 'a line'],
    ['a line\n---', 'a line'],
    ['a line\n==', 'a line'],
    ['a line\n\n##', 'a line'],
    ['a line\n\n## Tit', 'a line\n\n## Tit'],
    ['1', ''],
    ['1.', ''],
    ['1. one\n2.', '1. one'],
    ['a line\n- **', 'a line'],
    ['a line\n- [', 'a line'],
  ])('a mark without its text waits: %j is shown as %j', (text, expected) => {
    expect(mend(text)).toBe(expected);
  });

  it.each([
    ['`', ''],
    ['``', ''],
    [fence, ''],
    [`${fence}sq`, ''],
    [`${fence}sql\n`, `${fence}sql\n${fence}`],
    [`Look:\n${fence}sql\nSELECT 1`, `Look:\n${fence}sql\nSELECT 1\n${fence}`],
    [`${fence}sql\nSELECT 1\n\n`, `${fence}sql\nSELECT 1\n${fence}`],
    [`${fence}sql\nSELECT 1\n\`\``, `${fence}sql\nSELECT 1\n${fence}`],
    [`${fence}sql\nSELECT 1\n${fence}`, `${fence}sql\nSELECT 1\n${fence}`],
    [`${fence}\n**a\n${fence}\n**b`, `${fence}\n**a\n${fence}\n**b**`],
    ['~~~~\na\n~~~', '~~~~\na\n~~~~'],
    [`- a\n  ${fence}ts\n  let x`, `- a\n  ${fence}ts\n  let x\n${fence}`],
  ])('an open fence is closed: %j is shown as %j', (text, expected) => {
    expect(mend(text)).toBe(expected);
  });

  const head = '| a | b |\n|---|--:|';
  it.each([
    ['Rows:\n\n| a', 'Rows:'],
    ['Rows:\n\n| a | b |', 'Rows:'],
    ['Rows:\n\n| a | b |\n', 'Rows:'],
    ['Rows:\n\n| a | b |\n|--', 'Rows:'],
    ['Rows:\n\n| a | b |\n|---|-', 'Rows:\n\n| a | b |\n|---|-'],
    [`${head}\n| 1`, head],
    [`${head}\n| 1 | 2`, head],
    [`${head}\n| 1 | 2 |`, `${head}\n| 1 | 2 |`],
    [`${head}\n| 1 \\| x |`, head],
    [`${head}\n| 1 | 2 |\n| 3`, `${head}\n| 1 | 2 |`],
    [`${head}\n| 1 | 2 |\n\nThat is **all`, `${head}\n| 1 | 2 |\n\nThat is **all**`],
    ['a | b\n---|', ''],
    ['a | b\n---|---\n1 | 2', 'a | b\n---|---'],
    ['a | b\n---|---\n1 | 2\n', 'a | b\n---|---\n1 | 2'],
  ])('half a table waits: %j is shown as %j', (text, expected) => {
    expect(mend(text)).toBe(expected);
  });

  it('shows ever more of a text, and in the end all of it', () => {
    const text = `# Title\n\nA **bold** [link](https://a.example) and \`code\`.\n\n${head}\n| 1 | 2 |\n\n${fence}sql\nSELECT *\nFROM t\n${fence}\n\n1. one\n2. _two_`;
    let longest = 0;
    for (let end = 0; end <= text.length; end++) {
      const words = mend(text.slice(0, end)).replaceAll(/[^A-Za-z0-9]/g, '').length;
      expect(words).toBeGreaterThanOrEqual(longest - 'https'.length);
      longest = Math.max(longest, words);
    }
    expect(mend(text)).toBe(text);
  });

  it.each([
    '[',
    '](',
    '[a](',
    '*',
    '**a',
    '`',
    '`` ` ',
    '_a ',
    '|',
    '|\n',
    '\n',
    '- \n',
    `${fence}\n`,
    '~~~\n',
    'a|b\n-|-\n',
    ' ',
  ])(
    '200 kB of %j take no time to speak of',
    (piece) => {
      const text = piece.repeat(200_000 / piece.length);
      expect(mend(text).length).toBeLessThan(500_000);
      expect(closeFence(text).length).toBeLessThan(500_000);
    },
    5_000,
  );
});

it.each([
  ['done', 'done'],
  [`${fence}sql\nSELECT 1`, `${fence}sql\nSELECT 1\n${fence}`],
  [`${fence}\na\n${fence}\n**b`, `${fence}\na\n${fence}\n**b`],
])('a text that ended gets its fence closed and nothing else: %j', (text, expected) => {
  expect(closeFence(text)).toBe(expected);
});

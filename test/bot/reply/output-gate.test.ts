import { describe, expect, it } from 'vitest';
import { outputGate, type TextKind } from '../../../src/bot/reply/output-gate.ts';
import { randomTexts } from './random.ts';

const allowedHosts = ['tickets.example.com', 'shop.example.com:8443'];
const secrets = ['correct-horse-9', 'short', 'p/w+with=signs'];
const gate = (text: string, kind: TextKind = 'markdown') =>
  outputGate(text, { kind, allowedHosts, secrets });

describe('what pings', () => {
  it.each([
    ['<!channel> hi', '@channel hi'],
    ['<!here|here>', '@here'],
    ['<!everyone>', '@everyone'],
    ['<!subteam^S123|@devs>', '@devs'],
    ['<!subteam^S123>', '@S123'],
    ['<@U123ABC>', '@U123ABC'],
    ['<@U123ABC|ada>', '@ada'],
    ['<#C123|general>', '#general'],
    ['<!date^1392734382^{date}|18 Feb>', '18 Feb'],
    ['<\u200b!chan\u200bnel>', '@channel'],
    ['<\u2060@U1\ufe0f2>', '@U12'],
    ['&lt;!channel&gt;', '@channel'],
    ['&amp;amp;lt;!channel>', '@channel'],
    ['&#60;!channel>', '@channel'],
    ['<!channel', '< !channel'],
    ['<!a|<!channel>>', '< !a|@channel>'],
    ['`<!channel>` in code', '`@channel` in code'],
    ['```\n<@U1>\n```', '```\n@U1\n```'],
  ])('%j becomes %j', (text, expected) => {
    expect(gate(text)).toBe(expected);
  });
});

describe('links and images', () => {
  it.each([
    [
      '[a](https://tickets.example.com/T-1?x=1&y=2)',
      '[a](https://tickets.example.com/T-1?x=1&y=2)',
    ],
    ['https://TICKETS.example.com/T-1.', 'https://TICKETS.example.com/T-1.'],
    ['https://shop.example.com:8443/a', 'https://shop.example.com:8443/a'],
    ['<https://tickets.example.com/T-1|T-1>', '[T-1](https://tickets.example.com/T-1)'],
    ['![a](https://tickets.example.com/a.png)', '[a](https://tickets.example.com/a.png)'],
    ['[see](https://evil.example/x.y?d=1)', 'see (https[:]//evil[.]example/x.y?d=1)'],
    ['![pixel](https://evil.example/p.png?d=1)', 'pixel (https[:]//evil[.]example/p.png?d=1)'],
    ['<https://evil.example|tickets>', 'tickets (https[:]//evil[.]example)'],
    ['https://evil.example.', 'https[:]//evil[.]example.'],
    ['www.evil.example', 'www[.]evil[.]example'],
    ['evil.com/?d=1', 'evil[.]com/?d=1'],
    ['http://tickets.example.com', 'http[:]//tickets[.]example[.]com'],
    [
      'https://tickets.example.com@evil.example/',
      'https[:]//tickets[.]example[.]com@evil[.]example/',
    ],
    [
      'https://tickets.example.com.evil.example/',
      'https[:]//tickets[.]example[.]com[.]evil[.]example/',
    ],
    [
      'https://tickets.example.com\\@evil.example',
      'https[:]//tickets[.]example[.]com\\@evil.example',
    ],
    [
      '[a](https://tickets.example.com\\@evil.example)',
      'a (https[:]//tickets[.]example[.]com\\@evil.example)',
    ],
    [
      'https://tickets.example.com/?u=https://evil.example',
      'https[:]//tickets[.]example[.]com/?u=https[:]//evil.example',
    ],
    ['[a](javascript:alert)', 'a (javascript:alert)'],
    ['[a](//evil.example)', 'a (//evil.example)'],
    ['[a](https&colon;//evil.example)', 'a (https&colon;//evil.example)'],
    ['[a]( https://evil.example)', '[a] ( https[:]//evil[.]example)'],
    ['[a](<https://evil.example>)', 'a (https[:]//evil[.]example)'],
    [
      '[[a](https://evil.example)](https://evil.example)',
      '[a (https[:]//evil[.]example)] (https[:]//evil[.]example)',
    ],
    ['[ref]: //evil.example', '[ref] : //evil.example'],
    [
      "https://tickets.example.com'@evil.example",
      "https[:]//tickets[.]example[.]com'@evil.example",
    ],
    ["'https://tickets.example.com'", "'https://tickets.example.com'"],
    ['mysql://shop.internal/db', 'mysql[:]//shop[.]internal/db'],
  ])('%j becomes %j', (text, expected) => {
    expect(gate(text)).toBe(expected);
  });
});

describe('what stays', () => {
  it.each([
    'Ada Lovelace <ada@shop.example>',
    'a < b && b > c, List<String>, x <- y',
    '**12** orders, _cut_ at `LIMIT 5`',
    '| a | b |\n|---|--:|\n| 1 | 2 |',
    '```ts\nhandlers[key](event); if (!rows[0]) x = a ? [b]: c;\n```',
    'shop.orders.user_id and shop.me are columns',
    '👩‍👩‍👧 ❤️ 1️⃣ 👍🏽 🏳️‍🌈',
    'Zażółć 日本語 العربية',
    '@channel as a word, foo@bar.test',
    '',
    '   ',
  ])('%j', (text) => {
    expect(gate(text)).toBe(text);
  });
});

describe('secrets', () => {
  it.each([
    ['xoxb-123456789-abcdef', '[redacted]'],
    ['xapp-1-A123-456-abcdef', '[redacted]'],
    ['key AKIAABCDEFGHIJKLMNOP.', 'key [redacted].'],
    ['sk-ant-api03-abc_DEF-1', '[redacted]'],
    ['shpat_0123456789abcdef0123456789abcdef', '[redacted]'],
    ['ATATT3xFfGF0abcdefghijk=1234', '[redacted]'],
    ['eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl', '[redacted]'],
    ['-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----!', '[redacted]!'],
    ['-----BEGIN PRIVATE KEY-----\nabc', '[redacted]'],
    ['mysql://root:pa@ss@db/x', 'mysql[:]//[redacted]@db/x'],
    ['the password is correct-horse-9.', 'the password is [redacted].'],
    ['correct\u200b-horse-9', '[redacted]'],
    [Buffer.from('correct-horse-9').toString('base64'), '[redacted]'],
    [encodeURIComponent('p/w+with=signs'), '[redacted]'],
    ['short', 'short'],
  ])('%j becomes %j', (text, expected) => {
    expect(gate(text)).toBe(expected);
  });
});

describe('entities', () => {
  it.each<[TextKind, string, string]>([
    ['mrkdwn', 'a < b & c > d', 'a &lt; b &amp; c &gt; d'],
    ['mrkdwn', '&lt;b&gt; &amp; &nbsp;', '&lt;b&gt; &amp; &amp;nbsp;'],
    [
      'mrkdwn',
      '<https://tickets.example.com/?a=1&b=2|T & 1>',
      '<https://tickets.example.com/?a=1&amp;b=2|T &amp; 1>',
    ],
    ['mrkdwn', '<https://evil.example|T>', 'T (https[:]//evil[.]example)'],
    ['mrkdwn', '<!here>', '@here'],
    ['mrkdwn', '<!here', '&lt; !here'],
    ['plain', '<https://tickets.example.com/T-1|T-1>', 'T-1 (https://tickets.example.com/T-1)'],
    ['plain', '<b>', '&lt;b&gt;'],
    ['markdown', 'R&D <b> &lt;i&gt;', 'R&D <b> &lt;i&gt;'],
  ])('as %s, %j becomes %j', (kind, text, expected) => {
    expect(gate(text, kind)).toBe(expected);
  });
});

it.each([
  ['a\0b\x07c\x1b[31m', 'abc[31m'],
  ['a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
  ['a\ud800b\udc00', 'a\ufffdb\ufffd'],
  ['a\u202eb\u2066c\u200bd\u{e0041}e\u00adf\u200d', 'abcdef'],
])('%j has nothing invisible left', (text, expected) => {
  expect(gate(text)).toBe(expected);
});

// biome-ignore format: a bag of hostile pieces
const pieces = ['<', '>', '|', '!', '@', '#', '&', '&lt;', '&gt;', '&amp;', '&#60;', '[', ']', '(', ')', ':', '/', '//', '\\', '`', '```', '*', '_', '\n',
  ' ', '.', '!channel', '@U1', '#C1', 'here', 'subteam^S1', 'https', 'https://', 'evil.example', 'evil.com', 'www.', 'tickets.example.com', '/p',
  '?q=', 'javascript:', 'mailto:', 'evil.ru/x', 'evil.travel', '1.2.3.4', ':80', 'рф', 'a', 'label', '\u200b', '\u200d', '\ufe0f', '😀', '\u202e', '\ud83d', '\0', 'xoxb-', '12345678', 'AKIA', 'ABCDEFGHIJKLMNOP',
  'sk-ant-', 'eyJabcdefgh', 'correct-horse-9', 'correct-', 'horse-9', 'user:pass@', '[redacted]', '[:]', '[.]', '%2f', '\t', '-----BEGIN PRIVATE KEY-----'];

describe('whatever comes in', () => {
  const texts = randomTexts(pieces, 6_000, 24);

  it.each<TextKind>(['markdown', 'mrkdwn', 'plain'])(
    'as %s, nothing dangerous comes out, and a second time changes nothing',
    (kind) => {
      for (const text of texts) {
        const out = gate(text, kind);
        const about = `${JSON.stringify(text)} → ${JSON.stringify(out)}`;
        expect(gate(out, kind), `idempotent: ${about}`).toBe(out);
        expect(out.isWellFormed(), about).toBe(true);
        expect(dangers(out, kind), about).toEqual([]);
      }
    },
  );
});

/** Independent of the gate's own patterns: what Slack could act on, by name. */
function dangers(out: string, kind: TextKind): string[] {
  const found: string[] = [];
  if (/(?:<|&(?:amp;)*lt;|&#60;)[!@#]/.test(out)) found.push('token');
  if (kind === 'markdown' && out.includes('![')) found.push('image');
  if (/[\0\u200b\u202e]|[ -~][\u200d\ufe0f][ -~]/.test(out)) found.push('invisible');
  if (/correct-horse-9|xoxb-\w{8}|sk-ant-\w{8}|(?<![A-Z0-9])AKIA[A-Z]{16}(?![A-Z0-9])/.test(out))
    found.push('secret');
  for (const [url, host] of out.matchAll(
    /https?:\/\/([^/?#\s<>|()[\]{}"'`^\\]*)[^\s<>|()[\]"'`]*/g,
  ))
    if (!/^tickets\.example\.com[.:!*_]*$/.test(host ?? '')) found.push(`link ${url}`);
  const beside = out.replaceAll(/https:\/\/tickets\.example\.com[^\s<>"'`|()[\]{}\\^]*/gi, '');
  if (!out.includes('`') && /evil\.(?:ru\/|travel(?:\/|:\d)|рф\/)/.test(beside)) found.push('host');
  if (kind === 'markdown')
    // What comes behind another parenthesis can no longer be a scheme or a host.
    for (const [, target] of out.matchAll(/\]\(\s*([^()\s]*)/g))
      if (/[/.:\\&%@]/.test(target ?? '') && !target?.startsWith('https://tickets.example.com'))
        found.push(`target ${target}`);
  if (kind !== 'markdown' && /<(?!https:\/\/tickets\.example\.com)|&(?!amp;|lt;|gt;)/.test(out))
    found.push('unescaped');
  return found;
}

// Each of these makes a careless pattern quadratic: 200 kB would take minutes, not milliseconds.
it.each([
  '<',
  '[',
  '](',
  '![',
  '<!',
  '<a:',
  '<a|',
  'eyJ',
  'eyJabcdefgh.',
  'a.',
  'www.',
  '://a:',
  'https://a',
  '&amp;',
  '&#0',
  '`',
  '[a](',
  ']:',
  '\n[',
  '\n',
  ' ',
  '\u200d',
  'sk-ant-',
  '-----BEGIN PRIVATE KEY-----',
  'AKIA',
  'a',
  '.',
  'ATATT',
  '&lt;a:',
  'correct-horse-',
])(
  '200 kB of %j pass',
  (piece) => {
    const text = piece.repeat(Math.ceil(200_000 / piece.length));
    for (const kind of ['markdown', 'mrkdwn', 'plain'] as const)
      expect(gate(text, kind).length).toBeLessThan(2_500_000);
  },
  5_000,
);

import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { describe, expect, it } from 'vitest';
import { outputGate, type TextKind } from '../../../src/bot/reply/output-gate.ts';
import { randomTexts } from './random.ts';

const gate = (text: string, kind: TextKind = 'markdown') =>
  outputGate(text, { kind, allowedHosts: ['tickets.example.com', 'shop.io:8443'], secrets: [] });

const fence = '```';

describe('what leads to a foreign host is shown as text', () => {
  it.each([
    ['attacker.ru/x?d=SECRET', 'attacker[.]ru/x?d=SECRET'],
    ['bit.ly/abc?d=1', 'bit[.]ly/abc?d=1'],
    ['evil.sh/x', 'evil[.]sh/x'],
    ['x.gg/y', 'x[.]gg/y'],
    ['attacker.live/leak/data', 'attacker[.]live/leak/data'],
    ['SECRET.attacker.live/', 'SECRET[.]attacker[.]live/'],
    ['1.2.3.4/x?d=1', '1[.]2[.]3[.]4/x?d=1'],
    ['1.2.3.4:8080', '1[.]2[.]3[.]4:8080'],
    ['evil.рф/x', 'evil[.]рф/x'],
    ['пример.рф', 'пример[.]рф'],
    ['evil.भारत/x', 'evil[.]भारत/x'],
    ['evil.xn--p1ai?x', 'evil[.]xn--p1ai?x'],
    ['evil.uk?d=x', 'evil[.]uk?d=x'],
    ['evil.travel??_d=x', 'evil[.]travel??_d=x'],
    ['evil.travel#d', 'evil[.]travel#d'],
    ['evil.travel:80', 'evil[.]travel:80'],
    ['evil.travel./d', 'evil[.]travel./d'],
    ['<evil.ru>', '<evil[.]ru>'],
    ['secret.evil.com', 'secret[.]evil[.]com'],
    ['see **evil.ru**, _evil.ru_', 'see **evil[.]ru**, _evil[.]ru_'],
    ['…evil.ru', '…evil[.]ru'],
    ['..evil.ru/x', '..evil[.]ru/x'],
    ['EVIL.RU', 'EVIL[.]RU'],
    ['evil\\.ru\\/x', 'evil[.]ru\\/x'],
    ['evil.travel\\/x', 'evil[.]travel\\/x'],
    ['www.evil.example', 'www[.]evil[.]example'],
    ['[a](evil.travel/x)', 'a (evil[.]travel/x)'],
    ['https://evil.example/a.travel/b', 'https[:]//evil[.]example/a[.]travel/b'],
    ['ada@evil.travel/x?d=1', 'ada@evil[.]travel/x?d=1'],
    ['shop.io', 'shop[.]io'],
  ])('%j becomes %j, and that stays', (text, expected) => {
    expect(gate(text)).toBe(expected);
    expect(gate(expected)).toBe(expected);
  });
});

describe('what data answers are full of stays', () => {
  it.each([
    'shop.orders, shop.orders.user_id and users.id; is it users.id? (users.name)',
    'report.csv, a.parquet, app.log, main.ts:42, deploy.sh, s.sql#L10 and data.parquet/part-0.parquet',
    '10.11.19, 3.5/10, 1,234.56, v1.2.3/v1.2.4, 0.5x/day and 1.5GB/s',
    'ada@evil.com, ada.io@shop.example and john.doe@shop.ru',
    'e.g. i.e./u.a. and etc.',
    'Done.Next: users.email, orders.total, host 10.0.0.1',
    'tickets.example.com/T-1 and shop.io:8443/x',
    '| schema.table | users.id |\n|---|---|\n| a.b | c.d |',
    '**users.id?** and users.id?',
  ])('%j', (text) => {
    expect(gate(text)).toBe(text);
  });
});

describe('code', () => {
  it.each([
    '`SELECT o.total/o.count`',
    'use `o.total/o.count`, not (`SUM(a.net)/b.net`).',
    '| `o.total/o.id` | `users.io` |\n|---|---|\n| 1 | 2 |',
    `${fence}sql\nSELECT o.total/o.count, a.net\nFROM shop.orders\n${fence}`,
    `1. Run:\n   ${fence}sql\n   SELECT o.total/o.count\n   ${fence}\n2. Done`,
    `a \`b\`\n\n${fence}\no.total/o.count\n${fence}\nand \`o.total/o.count\``,
  ])('keeps what looks like a host: %j', (text) => {
    expect(gate(text)).toBe(text);
    expect(gate(text, 'mrkdwn')).toBe(text);
  });

  it.each([
    ['`https://evil.ru/x`', '`https[:]//evil[.]ru/x`'],
    [`${fence}\nhttps://evil.ru/x\n${fence}`, `${fence}\nhttps[:]//evil[.]ru/x\n${fence}`],
  ])('keeps no URL: %j becomes %j', (text, expected) => {
    expect(gate(text)).toBe(expected);
  });

  it('is nothing special in plain text', () => {
    expect(gate('`evil.ru/x`', 'plain')).toBe('`evil[.]ru/x`');
  });

  // Each is code for one reader of Markdown and text for another.
  it.each([
    '`evil.ru/x',
    'a ` b\n`evil.ru/x`',
    '``a` evil.ru/x `b``',
    '\\`evil.ru/x`',
    'a`evil.ru/x`',
    '`evil.ru/x`b',
    '` evil.ru/x `',
    '| ` | evil.ru/x | ` |\n|---|---|---|',
    '| a ` | b |\n|---|---|\n| `evil.ru/x` | ` |',
    '|`|evil.ru/x|`|\n|---|---|---|',
    '`evil.ru/x\\`',
    '<a title="`">evil.ru/x`',
    'a <a title="`">evil.ru/x`',
    'https://tickets.example.com/`a evil.ru/x`',
    `- a\n  ${fence}\n  b\n${fence}\nc\n${fence}\nevil.ru/x\n${fence}`,
    `- a\n  ${fence}\n\u00a0\n  evil.ru/x\n  ${fence}`,
    `a\n     ${fence}\n     evil.ru/x\n     ${fence}`,
    `${fence}\nevil.ru/x`,
    `a ${fence} b\n${fence}\nevil.ru/x\n${fence}`,
    `- ${fence}\n  a\n  ${fence}\nevil.ru/x\n${fence}`,
    `> ${fence}\nevil.ru/x\n${fence}\n${fence}`,
    `- a\n  ${fence}\n  b\nevil.ru/x\n  ${fence}`,
    `a\n     ${fence}\nevil.ru/x\n${fence}`,
    `~~~\n${fence}\n~~~\nevil.ru/x\n${fence}`,
    `${fence}\na ${fence} evil.ru/x\n${fence}`,
    `${fence}\na\n        ${fence}\nb\n${fence}\nevil.ru/x\n${fence}`,
    `${fence}${fence}\n${fence}\n${fence}${fence}\nevil.ru/x\n${fence}`,
    `<div>\n${fence}\n\nevil.ru/x\n\n${fence}`,
    `<pre>\n${fence}\n</pre>\nevil.ru/x\n${fence}`,
  ])('is none where readers disagree: %j', (text) => {
    for (const kind of ['markdown', 'mrkdwn', 'plain'] as const)
      expect(gate(text, kind)).toContain('evil[.]ru/x');
  });
});

// biome-ignore format: a bag of hostile pieces
const pieces = ['`', '`', '``', fence, `\n${fence}\n`, `\n${fence}\n`, `\n${fence}sql\n`, '~~~', '\n', '\n', '\n\n', ' ', '  ', '    ', '\t', '\u00a0', '- ', '> ', '1. ',
  '|', '\n|---|\n', '\\', '<', '>', '<pre>', '</pre>', '<div>', '*', '_', '[', '](', ')', '"', 'a', 'evil.ru/x', 'evil.ru/x', 'evil.travel/x', 'evil.ru', '1.2.3.4/x',
  'https://evil.ru/x', '@', '.', '/', '?', ':80', 'ada@shop.com'];

it('whatever comes in, a real Markdown reader finds a foreign host in code only', () => {
  for (const text of randomTexts(pieces, 1_500, 16)) {
    const out = gate(text);
    expect(gate(out), `idempotent: ${JSON.stringify(text)}`).toBe(out);
    const html = renderToStaticMarkup(createElement(Markdown, { remarkPlugins: [remarkGfm] }, out));
    const outside = html.replaceAll(/<code[^>]*>[^<]*<\/code>/g, '');
    expect(outside, `${JSON.stringify(text)} → ${JSON.stringify(out)}`).not.toMatch(
      /evil\.(?:ru|travel)\/x|(?<![\w.])1\.2\.3\.4\/x|href="http/,
    );
  }
});

it('whatever comes in, plain text holds no foreign host', () => {
  for (const text of randomTexts(pieces, 6_000, 16))
    expect(gate(text, 'plain'), JSON.stringify(text)).not.toMatch(/evil\.(?:ru|travel)\/x/);
});

// Each of these makes a careless pattern quadratic: 200 kB would take minutes, not milliseconds.
it.each([
  'a.bc/',
  'a.',
  '.a',
  'a@',
  'a.com@',
  'a.bc?',
  'a.bc??',
  'я',
  'я.',
  '1.2.3.4',
  '\\.',
  '`',
  '`a` ',
  `${fence}\n`,
  '`|',
  '_.',
  '-',
  '?',
])(
  '200 kB of %j pass',
  (piece) => {
    const text = piece.repeat(200_000 / piece.length);
    for (const kind of ['markdown', 'plain'] as const)
      expect(gate(text, kind).length).toBeLessThan(1_000_000);
  },
  5_000,
);

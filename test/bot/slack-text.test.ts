import { describe, expect, it } from 'vitest';
import { isOnlyThanks, mentionsIn, toPlainText } from '../../src/bot/slack-text.ts';

describe('toPlainText', () => {
  it.each([
    ['<@UBOT> how many?', 'how many?'],
    ['hey <@UBOT|connector>, latest users', 'hey , latest users'],
    ['what did <@U2> order?', 'what did @U2 order?'],
    ['what did <@U2|ada> order?', 'what did @ada order?'],
    ['see <#C1|general> and <#C2>', 'see #general and #C2'],
    ['<!here> <!subteam^S1|@team> <!subteam^S1>', '@here @team @subteam'],
    ['<https://a.example/x?y=1&amp;z=2|a link>', 'a link (https://a.example/x?y=1&z=2)'],
    ['<https://a.example>', 'https://a.example'],
    ['<mailto:ada@a.example|ada@a.example>', 'ada@a.example'],
    ['total &lt; 5 &amp;&amp; total &gt; 1', 'total < 5 && total > 1'],
    ['&amp;lt;', '&lt;'],
    ['a < b > c', 'a < b > c'],
    ['a\0b \ud800', 'ab �'],
    ['', ''],
  ])('reads %j as %j', (text, plain) => {
    expect(toPlainText(text, 'UBOT')).toBe(plain);
  });

  it('takes hostile text of 200 kB in stride', () => {
    expect(toPlainText('<'.repeat(200_000), 'UBOT')).toHaveLength(200_000);
    expect(toPlainText('<@|'.repeat(70_000), 'UBOT').length).toBeGreaterThan(0);
  });
});

it('finds the people a message mentions', () => {
  expect(mentionsIn('<@U1> and <@U2|ada> but not <#C1> or @U3')).toEqual(['U1', 'U2']);
});

describe('isOnlyThanks', () => {
  it.each([
    'thanks',
    'Thanks!',
    'thank you so much',
    'ok, thanks',
    'great',
    ':+1:',
    '👍',
    '👍🏽',
    'Danke!',
    'got it.',
  ])('is true for %j', (text) => expect(isOnlyThanks(text)).toBe(true));

  it.each([
    'thanks, and last month?',
    'ok show me orders',
    'great orders of today',
    '5',
    '',
    'how many :tada:?',
  ])('is false for %j', (text) => expect(isOnlyThanks(text)).toBe(false));
});

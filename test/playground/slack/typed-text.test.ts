import { describe, expect, it } from 'vitest';
import { typedText } from '../../../playground/slack/messages/typed-text.ts';
import { botUser } from '../../../playground/slack/workspace/people.ts';
import { Workspace } from '../../../playground/slack/workspace/workspace.ts';

const workspace = new Workspace();
workspace.putPerson(botUser('U0CONNECTOR', 'connector'));
const type = (text: string) => typedText(text, workspace);

describe('what a person types', () => {
  it.each([
    ['@connector latest users', '<@U0CONNECTOR> latest users'],
    ['ask @dana, @luis.', 'ask <@U0DANA>, <@U0LUIS>.'],
    ['(@connector)', '(<@U0CONNECTOR>)'],
    ['@nobody there', '@nobody there'],
    ['mail dana@example.test', 'mail dana@example.test'],
    ['@here look', '<!here> look'],
    ['@analysts look', '<!subteam^S0ANALYSTS> look'],
    ['see #data and #nowhere', 'see <#C0DATA|data> and #nowhere'],
    ['a < b && c > d', 'a &lt; b &amp;&amp; c &gt; d'],
    ['<@U0CONNECTOR> by hand', '&lt;@U0CONNECTOR&gt; by hand'],
    ['<!channel>', '&lt;!channel&gt;'],
    ['https://example.test/?a=1&b=2 ok', '<https://example.test/?a=1&amp;b=2> ok'],
    ['`@dana` *is* _a_ ~b~ ```x < y``` :tada:', '`@dana` *is* _a_ ~b~ ```x &lt; y``` :tada:'],
    ['', ''],
    ['🙂🙂', '🙂🙂'],
    ['NUL \0 and \ud800', 'NUL \0 and \ud800'],
  ])('%j becomes %j', (typed, text) => {
    expect(type(typed).text).toBe(text);
  });

  it('is a rich text block, too', () => {
    expect(type('@connector see #data').blocks).toMatchObject([
      {
        type: 'rich_text',
        elements: [
          {
            elements: [
              { type: 'user', user_id: 'U0CONNECTOR' },
              { type: 'text', text: ' see ' },
              { type: 'channel', channel_id: 'C0DATA' },
            ],
          },
        ],
      },
    ]);
  });

  it.each<[string, object[]]>([
    ['a `b` c', [{ text: 'a ' }, { text: 'b', style: { code: true } }, { text: ' c' }]],
    ['*b*, _i_', [{ style: { bold: true } }, { text: ', ' }, { style: { italic: true } }]],
    ['~no~', [{ text: 'no', style: { strike: true } }]],
    [':tada: :+1:', [{ type: 'emoji', name: 'tada' }, { text: ' ' }, { name: '+1' }]],
    ['*@dana*', [{ text: '*' }, { type: 'user' }, { text: '*' }]],
    ['2*3*4, a_b_c, * x *', [{ text: '2*3*4, a_b_c, * x *' }]],
    ['at 10:30:15, std::a::b', [{ text: 'at 10:30:15, std::a::b' }]],
    ['`open and *open', [{ text: '`open and *open' }]],
  ])('%j is marked in it', (typed, elements) => {
    expect(type(typed).blocks).toMatchObject([{ elements: [{ elements }] }]);
  });

  it('has code of several lines apart', () => {
    expect(type('see ```\nselect *\nfrom a_b_c\n``` ok').blocks).toMatchObject([
      {
        elements: [
          { type: 'rich_text_section', elements: [{ text: 'see ' }] },
          { type: 'rich_text_preformatted', elements: [{ text: 'select *\nfrom a_b_c' }] },
          { type: 'rich_text_section', elements: [{ text: ' ok' }] },
        ],
      },
    ]);
  });

  it.each(['`', '*', '_a', '~ ', '```', ':a', '*a_'])(
    '40,000 characters of %j do not take long',
    (mark) => {
      const typed = mark.repeat(40_000 / mark.length);
      expect(type(typed).text).toBe(typed);
    },
  );

  it('may be 40,000 characters of anything without taking long', () => {
    const typed = '@'.repeat(20_000) + 'a.'.repeat(10_000);
    expect(type(typed).text).toBe(typed);
  });
});

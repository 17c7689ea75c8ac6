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

  it('may be 40,000 characters of anything without taking long', () => {
    const typed = '@'.repeat(20_000) + 'a.'.repeat(10_000);
    expect(type(typed).text).toBe(typed);
  });
});

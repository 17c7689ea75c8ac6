import {
  blockId,
  type Check,
  flag,
  integer,
  list,
  number,
  oneOf,
  shape,
  string,
  typed,
} from './block-checks.ts';

/** Slack states no limit; what is too long as a whole is refused by its size. */
const MANY = 10_000;

const style = shape(
  {},
  {
    bold: flag,
    italic: flag,
    strike: flag,
    code: flag,
    underline: flag,
    highlight: flag,
    client_highlight: flag,
    unlink: flag,
  },
);

const text = shape({ text: string() }, { style });
const link = shape({ url: string() }, { text: string(MANY, 0), unsafe: flag, style });

/** What may stand in a line of rich text. */
const inline = typed({
  text,
  link,
  emoji: shape(
    { name: string() },
    { unicode: string(), url: string(), skin_tone: integer(1, 6), style },
  ),
  user: shape({ user_id: string() }, { style }),
  usergroup: shape({ usergroup_id: string() }, { style }),
  channel: shape({ channel_id: string() }, { style }),
  team: shape({ team_id: string() }, { style }),
  broadcast: shape({ range: oneOf('here', 'channel', 'everyone') }, { style }),
  color: shape({ value: string() }, { style }),
  date: shape(
    { timestamp: number, format: string() },
    { url: string(), fallback: string(), style },
  ),
});

const border = oneOf(0, 1);
const section = shape({ elements: list(MANY, inline, 0) });

/** A `rich_text` block, as a block or inside one. Its parts do not nest, so there is no depth to bound. */
export const richText: Check = typed({
  rich_text: shape(
    {
      elements: list(
        MANY,
        typed({
          rich_text_section: section,
          rich_text_list: shape(
            {
              style: oneOf('bullet', 'ordered'),
              elements: list(MANY, typed({ rich_text_section: section })),
            },
            { indent: integer(0, 8), offset: integer(0), border },
          ),
          rich_text_preformatted: shape(
            { elements: list(MANY, typed({ text, link })) },
            { border, language: string() },
          ),
          rich_text_quote: shape({ elements: list(MANY, inline) }, { border }),
        }),
      ),
    },
    { block_id: blockId },
  ),
});

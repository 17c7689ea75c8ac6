import { isRecord } from '../args.ts';
import {
  anything,
  blockId,
  type Check,
  type Faults,
  fault,
  flag,
  integer,
  list,
  oneFieldOf,
  oneOf,
  shape,
  string,
  typed,
} from './block-checks.ts';

const MAX_TEXT = 3_000;

const plain = (max: number) => shape({ text: string(max) }, { emoji: flag });
const mrkdwn = (max: number) => shape({ text: string(max) }, { verbatim: flag });

/** A `plain_text` object of 1 to `max` characters. */
export const plainText = (max = MAX_TEXT): Check => typed({ plain_text: plain(max) });

/** A `plain_text` or `mrkdwn` object of 1 to `max` characters. */
export function anyText(max = MAX_TEXT): Check {
  const either = typed({ plain_text: plain(max), mrkdwn: mrkdwn(max) });
  return (value, path) => {
    const faults = either(value, path);
    return faults.length > 0
      ? [...fault('failed to match all allowed schemas', path), ...faults]
      : faults;
  };
}

const address =
  (...protocols: string[]): Check =>
  (value, path) => {
    const faults = string(3_000)(value, path);
    if (faults.length > 0) return faults;
    const protocol = URL.parse(String(value))?.protocol ?? '';
    return protocols.includes(protocol) ? [] : fault('must be a valid URL', path);
  };

/** An address that Slack fetches by itself, of an image for example. */
export const webUrl = address('http:', 'https:');

/** An address that people open. Which schemes Slack lets through is not documented: a guess. */
export const link = address('http:', 'https:', 'mailto:', 'tel:', 'slack:');

const imageOf = (more: Record<string, Check>) =>
  shape(
    { alt_text: string(2_000) },
    {
      image_url: webUrl,
      slack_file: shape({}, { id: string(), url: webUrl }, oneFieldOf('id', 'url')),
      // What Slack itself adds: apps send back blocks that they were told.
      fallback: anything,
      image_bytes: anything,
      image_height: anything,
      image_width: anything,
      is_animated: anything,
      ...more,
    },
    oneFieldOf('image_url', 'slack_file'),
  );

/** An image, by address or a file in Slack: as an accessory, in a context. */
export const image = imageOf({});

/** An image as a block of its own. */
export const imageBlock = imageOf({ title: plainText(2_000), block_id: blockId });

/** One thing to choose; `text` says which kind of text it may have, `more` adds fields. */
export const option = (text: Check, more: Record<string, Check> = {}): Check =>
  shape({ text, value: string(150) }, { description: plainText(75), ...more });

/** Options of a menu, in groups or not. */
export const menuOptions = list(100, option(plainText(75)));
export const menuOptionGroups = list(100, shape({ label: plainText(75), options: menuOptions }));

/** The question that Slack asks before it tells the app. */
export const confirm: Check = shape(
  { text: anyText(300) },
  {
    title: plainText(100),
    confirm: plainText(30),
    deny: plainText(30),
    style: oneOf('primary', 'danger'),
  },
);

export const dispatchConfig: Check = shape(
  {},
  { trigger_actions_on: list(2, oneOf('on_enter_pressed', 'on_character_entered')) },
);

/** Which conversations a menu offers. */
export const conversationFilter: Check = shape(
  {},
  {
    include: list(4, oneOf('im', 'mpim', 'private', 'public')),
    exclude_bot_users: flag,
    exclude_external_shared_channels: flag,
  },
  (value, path) => (Object.keys(value).length > 0 ? [] : fault('must not be empty', path)),
);

/** How many things may be picked. */
export const maxSelected = integer(1);

const optionKey = (value: unknown) =>
  isRecord(value) ? JSON.stringify([value.value, isRecord(value.text) && value.text.text]) : '';

/** What an element starts with has to be among what it offers, and no more than may be picked. */
export function initialFaults(element: Record<string, unknown>, path: string): Faults {
  const { options = [], option_groups = [], initial_option, initial_options } = element;
  const groups = option_groups as { options: unknown[] }[];
  const offered = [...(options as unknown[]), ...groups.flatMap((group) => group.options)];
  const keys = new Set(offered.map(optionKey));
  const initial = [initial_option, initial_options].flat().filter((one) => one !== undefined);
  const name = initial_option === undefined ? 'initial_options' : 'initial_option';
  if (!initial.every((one) => keys.has(optionKey(one))))
    return fault('must be one of the provided options', `${path}/${name}`);
  return tooManyFaults(element, name, path);
}

/** More picked at the start than `max_selected_items` allows. */
export function tooManyFaults(
  element: Record<string, unknown>,
  name: string,
  path: string,
): Faults {
  const picked = element[name];
  const max = Number(element.max_selected_items ?? Number.POSITIVE_INFINITY);
  return Array.isArray(picked) && picked.length > max
    ? fault(`no more than ${max} items allowed`, `${path}/${name}`)
    : [];
}

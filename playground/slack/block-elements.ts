import { isRecord } from './args.ts';

/** Something wrong with a block, in Slack's manner: a sentence and where. */
export type Faults = string[];

const at = (sentence: string, path: string) => `${sentence} [json-pointer:${path}]`;

/** A text object (`plain_text` or `mrkdwn`): present, not empty, at most `max` characters. */
export function textFaults(value: unknown, max: number, path: string, plainOnly = false): Faults {
  if (!isRecord(value)) return [at('must provide an object', path)];
  const types = plainOnly ? ['plain_text'] : ['plain_text', 'mrkdwn'];
  if (!types.includes(String(value.type))) return [at(`must be one of ${types}`, `${path}/type`)];
  return stringFaults(value.text, max, `${path}/text`);
}

/** A string of 1 to `max` characters. */
export function stringFaults(value: unknown, max: number, path: string): Faults {
  if (typeof value !== 'string') return [at('must be a string', path)];
  if (value.length === 0) return [at('must be more than 0 characters', path)];
  return value.length > max ? [at(`must be less than ${max + 1} characters`, path)] : [];
}

/** The same for a string that may be absent. */
export const optionalString = (value: unknown, max: number, path: string): Faults =>
  value === undefined ? [] : stringFaults(value, max, path);

/** An array of 1 to `max` items, each without faults of its own. */
export function listFaults(
  value: unknown,
  max: number,
  path: string,
  item: (value: unknown, path: string) => Faults,
): Faults {
  if (!Array.isArray(value)) return [at('must be an array', path)];
  if (value.length === 0) return [at('must have at least 1 item', path)];
  if (value.length > max) return [at(`no more than ${max} items allowed`, path)];
  return value.flatMap((one, index) => item(one, `${path}/${index}`));
}

const option = (value: unknown, path: string): Faults =>
  isRecord(value)
    ? [
        ...textFaults(value.text, 75, `${path}/text`),
        ...optionalString(value.value, 150, `${path}/value`),
      ]
    : [at('must provide an object', path)];

type Rule = (element: Record<string, unknown>, path: string) => Faults;

const options =
  (max: number): Rule =>
  (element, path) =>
    listFaults(element.options, max, `${path}/options`, option);

const choice: Rule = (element, path) =>
  element.option_groups === undefined
    ? options(100)(element, path)
    : listFaults(element.option_groups, 100, `${path}/option_groups`, (group, groupPath) =>
        isRecord(group)
          ? options(100)(group, groupPath)
          : [at('must provide an object', groupPath)],
      );

const button: Rule = ({ text, value, url, style }, path) => [
  ...textFaults(text, 75, `${path}/text`, true),
  ...optionalString(value, 2000, `${path}/value`),
  ...optionalString(url, 3000, `${path}/url`),
  ...(style === undefined || style === 'primary' || style === 'danger'
    ? []
    : [at('must be one of primary, danger', `${path}/style`)]),
];

const feedback: Rule = (element, path) =>
  ['positive_button', 'negative_button'].flatMap((name) => {
    const one = element[name];
    if (!isRecord(one)) return [at('must provide an object', `${path}/${name}`)];
    return [
      ...textFaults(one.text, 75, `${path}/${name}/text`, true),
      ...stringFaults(one.value, 2000, `${path}/${name}/value`),
    ];
  });

const none: Rule = () => [];

/** What can react, by type, and what each must be. */
const elements: Record<string, Rule> = {
  button,
  static_select: choice,
  multi_static_select: choice,
  external_select: none,
  multi_external_select: none,
  users_select: none,
  multi_users_select: none,
  conversations_select: none,
  multi_conversations_select: none,
  channels_select: none,
  multi_channels_select: none,
  overflow: options(5),
  checkboxes: options(10),
  radio_buttons: options(10),
  datepicker: none,
  timepicker: none,
  datetimepicker: none,
  plain_text_input: none,
  number_input: none,
  email_text_input: none,
  url_text_input: none,
  rich_text_input: none,
  file_input: none,
  workflow_button: none,
  feedback_buttons: feedback,
  icon_button: ({ text }, path) => textFaults(text, 75, `${path}/text`, true),
};

/** One interactive element; `allowed` narrows which types. */
export function elementFaults(value: unknown, path: string, allowed?: string[]): Faults {
  if (!isRecord(value)) return [at('must provide an object', path)];
  const type = String(value.type);
  const rule = Object.hasOwn(elements, type) ? elements[type] : undefined;
  if (!rule || (allowed && !allowed.includes(type)))
    return [at(`unsupported type: ${type}`, `${path}/type`)];
  return [...optionalString(value.action_id, 255, `${path}/action_id`), ...rule(value, path)];
}

/** An image, as a block or inside one. */
export function imageFaults(value: Record<string, unknown>, path: string): Faults {
  const source = isRecord(value.slack_file)
    ? []
    : stringFaults(value.image_url, 3000, `${path}/image_url`);
  return [...source, ...stringFaults(value.alt_text, 2000, `${path}/alt_text`)];
}

/** What may stand in a context block: text or image. */
export function contextElementFaults(value: unknown, path: string): Faults {
  if (!isRecord(value)) return [at('must provide an object', path)];
  if (value.type === 'image') return imageFaults(value, path);
  return textFaults(value, 2000, path);
}

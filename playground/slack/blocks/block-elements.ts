import {
  anything,
  type Check,
  fault,
  flag,
  integer,
  list,
  oneFieldOf,
  oneOf,
  only,
  shape,
  string,
  stringLike,
} from './block-checks.ts';
import {
  anyText,
  confirm,
  conversationFilter,
  dispatchConfig,
  image,
  initialFaults,
  link,
  maxSelected,
  menuOptionGroups,
  menuOptions,
  option,
  plainText,
  tooManyFaults,
} from './composition-objects.ts';
import { richText } from './rich-text.ts';

const action_id = string(255);
const ids = list(1_000, string(), 0);
const style = oneOf('primary', 'danger');
const date = stringLike(
  (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)),
  'must be a date in the format YYYY-MM-DD',
);
const time = stringLike(
  (value) => /^([01]\d|2[0-3]):[0-5]\d$/.test(value),
  'must be a time in the format HH:mm',
);
const decimal = stringLike(
  (value) => value.trim() !== '' && Number.isFinite(Number(value)),
  'must be a number in a string',
);

/** What nearly everything that reacts may have. */
const common = { action_id, confirm, focus_on_load: flag, placeholder: plainText(150) };
const typing = { ...common, dispatch_action_config: dispatchConfig };

const offered = oneFieldOf('options', 'option_groups');
const staticMenu = { ...common, options: menuOptions, option_groups: menuOptionGroups };
const menuOption = option(plainText(75));
const listedOption = option(anyText(75));
const listed = list(10, listedOption);
const conversations = {
  ...common,
  default_to_current_conversation: flag,
  response_url_enabled: flag,
  filter: conversationFilter,
};

/** A multi-select whose start is the list `name`. */
const several = (name: string, fields: Record<string, Check>): Check =>
  shape({}, { ...common, max_selected_items: maxSelected, ...fields }, (value, path) =>
    tooManyFaults(value, name, path),
  );

const button = shape(
  { text: plainText(75) },
  {
    action_id,
    confirm,
    style,
    value: string(2_000, 0),
    url: link,
    accessibility_label: string(75),
  },
);

const feedback = shape(
  { text: plainText(75), value: string(2_000) },
  { accessibility_label: string(75) },
);

const between = (low: string, high: string) => (value: Record<string, unknown>, path: string) =>
  value[low] !== undefined && value[high] !== undefined && Number(value[low]) > Number(value[high])
    ? fault(`must not be more than ${high}`, `${path}/${low}`)
    : [];

/** What can react, by type. */
const elements: Record<string, Check> = {
  button,
  static_select: shape({}, { ...staticMenu, initial_option: menuOption }, (value, path) => [
    ...offered(value, path),
    ...initialFaults(value, path),
  ]),
  multi_static_select: shape(
    {},
    { ...staticMenu, initial_options: list(100, menuOption), max_selected_items: maxSelected },
    (value, path) => [...offered(value, path), ...initialFaults(value, path)],
  ),
  external_select: shape(
    {},
    { ...common, initial_option: menuOption, min_query_length: integer(0) },
  ),
  multi_external_select: several('initial_options', {
    initial_options: list(100, menuOption),
    min_query_length: integer(0),
  }),
  users_select: shape({}, { ...common, initial_user: string() }),
  multi_users_select: several('initial_users', { initial_users: ids }),
  conversations_select: shape({}, { ...conversations, initial_conversation: string() }),
  multi_conversations_select: several('initial_conversations', {
    ...conversations,
    initial_conversations: ids,
  }),
  channels_select: shape({}, { ...common, initial_channel: string(), response_url_enabled: flag }),
  multi_channels_select: several('initial_channels', { initial_channels: ids }),
  overflow: shape(
    { options: list(5, option(plainText(75), { url: link })) },
    { action_id, confirm },
  ),
  checkboxes: shape({ options: listed }, { ...common, initial_options: listed }, initialFaults),
  radio_buttons: shape(
    { options: listed },
    { ...common, initial_option: listedOption },
    initialFaults,
  ),
  datepicker: shape({}, { ...common, initial_date: date }),
  timepicker: shape({}, { ...common, initial_time: time, timezone: string() }),
  datetimepicker: shape(
    {},
    { ...common, initial_date_time: integer(1_000_000_000, 9_999_999_999) },
  ),
  plain_text_input: shape(
    {},
    {
      ...typing,
      initial_value: string(3_000, 0),
      multiline: flag,
      min_length: integer(0, 3_000),
      max_length: integer(1, 3_000),
    },
    between('min_length', 'max_length'),
  ),
  number_input: shape(
    { is_decimal_allowed: flag },
    { ...typing, initial_value: decimal, min_value: decimal, max_value: decimal },
    between('min_value', 'max_value'),
  ),
  email_text_input: shape({}, { ...typing, initial_value: string() }),
  url_text_input: shape({}, { ...typing, initial_value: string() }),
  rich_text_input: shape(
    {},
    {
      ...typing,
      initial_value: richText,
      min_lines: integer(1, 100),
      max_lines: integer(1, 100),
    },
    between('min_lines', 'max_lines'),
  ),
  file_input: shape({}, { action_id, filetypes: list(100, string()), max_files: integer(1, 10) }),
  workflow_button: shape(
    {
      text: plainText(75),
      workflow: shape({
        trigger: shape({ url: link }, { customizable_input_parameters: anything }),
      }),
    },
    { action_id, confirm, style, accessibility_label: string(75) },
  ),
  feedback_buttons: shape({ positive_button: feedback, negative_button: feedback }, { action_id }),
  icon_button: shape(
    { icon: oneOf('trash'), text: plainText(75) },
    {
      action_id,
      confirm,
      value: string(2_000, 0),
      accessibility_label: string(75),
      visible_to_user_ids: ids,
    },
  ),
};

const menus = Object.keys(elements).filter((type) => type.endsWith('_select'));
const pickers = ['datepicker', 'timepicker', 'datetimepicker'];
const choices = ['checkboxes', 'radio_buttons'];
const onMessages = ['button', 'overflow', 'workflow_button', ...menus, ...pickers, ...choices];
const typed = ['plain_text_input', 'number_input', 'email_text_input', 'url_text_input'];

/** What may stand in an actions block. */
export const actionElement = only(elements, ...onMessages, 'rich_text_input');
/** What may stand beside a section. */
export const accessory = only({ ...elements, image }, ...onMessages, 'image');
/** What may stand in a context_actions block. */
export const contextActionElement = only(elements, 'feedback_buttons', 'icon_button');
export const buttonElement = only(elements, 'button');

/** What may stand in an input block. Files can be given in modals only. */
export const inputElement = (surface: 'message' | 'modal' | 'home') =>
  only(
    elements,
    ...menus,
    ...pickers,
    ...choices,
    ...typed,
    'rich_text_input',
    ...(surface === 'modal' ? ['file_input'] : []),
  );

import { expect, it } from 'vitest';
import { fillVariables } from '../../src/sources/fill-variables.ts';

const env = { HOST: 'db.example', EMPTY: '  ', NESTED: '${HOST}', DOLLAR: "$& $1 $'" };

it.each([
  ['plain', 'plain'],
  ['', ''],
  ['${HOST}', 'db.example'],
  ['https://${HOST}:${PORT:-3306}/', 'https://db.example:3306/'],
  ['${EMPTY:-x}', 'x'],
  ['${PORT:-}', ''],
  ['${PORT:-a:-b}', 'a:-b'],
  ['cost: $5, $HOST, $$', 'cost: $5, $HOST, $$'],
  ['${NESTED}', '${HOST}'],
  ['${DOLLAR}', "$& $1 $'"],
])('%s becomes %s', (text, filled) => {
  expect(fillVariables(text, env)).toEqual({ text: filled });
});

it.each([
  ['${PORT}', '${PORT} is not set in the environment'],
  ['${EMPTY}', '${EMPTY} is not set in the environment'],
  ['${HOST} ${PORT} ${USER}', '${PORT} is not set in the environment'],
  ['${}', '${} is no variable; write ${NAME} or ${NAME:-default}'],
  ['${A-B}', '${A-B} is no variable; write ${NAME} or ${NAME:-default}'],
  ['${HOST', '${HOST is no variable; write ${NAME} or ${NAME:-default}'],
  ['${constructor}', '${constructor} is not set in the environment'],
])('%s is a fault', (text, fault) => {
  expect(fillVariables(text, env)).toEqual({ fault });
});

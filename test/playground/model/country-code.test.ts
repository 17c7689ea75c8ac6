import { expect, it } from 'vitest';
import { countryCode } from '../../../playground/model/rules/country-code.ts';

it.each([
  ['Germany', 'DE'],
  ['germany', 'DE'],
  ['the United Kingdom', 'GB'],
  ['UK', 'GB'],
  ['South Korea', 'KR'],
  ['Russia', 'RU'],
  ['Narnia', undefined],
  ['', undefined],
])('%j is %s', (name, code) => {
  expect(countryCode(name)).toBe(code);
});

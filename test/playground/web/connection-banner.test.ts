import { expect, it } from 'vitest';
import type { AppInfo } from '../../../playground/slack/control-types.ts';
import { absence } from '../../../playground/web/src/workspace/connection-banner.tsx';

const app = (name: string, online: boolean, installed = true) =>
  ({ name, online, installed }) as AppInfo;

it.each([
  ['no app', [], undefined],
  ['all there', [app('connector', true)], undefined],
  ['one removed', [app('connector', true), app('helper', false, false)], undefined],
  [
    'one away',
    [app('connector', false), app('helper', true)],
    'connector is not connected. What it misses is tried again for five minutes.',
  ],
  [
    'two away',
    [app('connector', false), app('helper', false)],
    'connector and helper are not connected. What they miss is tried again for five minutes.',
  ],
])('with %s says so', (_case, apps, expected) => {
  expect(absence(apps)).toBe(expected);
});

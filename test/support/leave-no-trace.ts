import { afterAll, expect, vi } from 'vitest';

/** Every file fails that leaves changed what the next one in its process starts with. Values stay unprinted. */
const before = { ...process.env };
const folder = process.cwd();

afterAll(() => {
  const names = Object.keys({ ...before, ...process.env });
  const changed = names.filter((name) => process.env[name] !== before[name]);
  expect(changed, 'variables left changed').toEqual([]);
  expect(process.cwd()).toBe(folder);
  expect(vi.isFakeTimers(), 'fake timers left on').toBe(false);
});

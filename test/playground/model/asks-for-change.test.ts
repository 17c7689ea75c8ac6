import { expect, it } from 'vitest';
import { asksForChange } from '../../../playground/model/rules/asks-for-change.ts';

it.each([
  'delete all orders',
  'drop the table users',
  'drop table users; --',
  "robert'); drop table users;--",
  'insert a new user',
  'please update order 1 to paid',
  'and now set the status of order 1 to paid',
  'truncate orders',
  'alter table users add x int',
  'create a user named ada',
  'could you please remove user 5?',
  'hi, delete all orders',
  'how many users are there? and then delete them',
  'select 1; update users set id = 2',
])('%j asks for a change', (text) => {
  expect(asksForChange(text)).toBe(true);
});

it.each([
  'orders updated this month',
  'products created this year',
  'update me on the latest orders',
  'add up all orders',
  'which users were deleted?',
  'is there a drop in revenue?',
  'data set',
  'deletes',
  '',
])('%j does not', (text) => {
  expect(asksForChange(text)).toBe(false);
});

import { readFileSync } from 'node:fs';

const read = (name: string) =>
  readFileSync(new URL(`../${name}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '');

/** Statements that write, lock, wait, leak or lift a limit, one a line. The second file was written for this guard. */
export const hostile = [...read('sql_hostile'), ...read('hostile-more')];

/** Statements that only read: of both products, and those that MariaDB 10.11 does not know. */
export const legit = [...read('sql_legit'), ...read('legit-more')];
export const legitMysql = read('legit-mysql');

/** What mutants are made of. Most hostile ones are refused as they were, so honest ones come three times as often. */
export const corpus = [...hostile, ...[1, 2, 3].flatMap(() => [...legit, ...legitMysql])];

import { readdir } from 'node:fs/promises';
import type { Connection } from 'mysql2/promise';
import { lexSql } from '../../../../src/connectors/mysql/guard/sql-lexer.ts';
import { cell, pairs, rows } from './ask.ts';
import { secrets, type Victim } from './victim.ts';

/** Tells what statements did beside answering. */
export interface Oracle {
  /** Runs the statements in one open transaction, then looks around and commits. */
  run(statements: readonly string[]): Promise<Outcome>;
  close(): void;
}

export interface Outcome {
  /** What changed, was locked, shown or waited for. */
  effects: string[];
  /** The statements that the server refused. */
  failed: { sql: string; message: string }[];
}

/** Kinds of statements that the server counted, and that a reading one may be. */
const reading =
  /^Com_(select|show_(?!processlist|binlog|binlogs|master|slave|create_user|engine_|profile).*)$/;

/** The server looked for a stored function of that name, or at its arguments. */
const storedFunction = new Set([1305, 1318, 1370, 1630]);

/** Longer than this, in milliseconds, no query on tables of three rows takes three times, unless it waits. */
const slow = 1_000;

export async function openOracle(victim: Victim, strings: readonly string[]): Promise<Oracle> {
  const watcher = await victim.server.connect();
  await watcher.query(
    'USE shop; SET lock_wait_timeout=0, innodb_lock_wait_timeout=0, NAMES utf8mb4',
  );
  const other = await victim.server.connect();
  let alive = true;
  void other.query(`DO SLEEP(3600) /* ${secrets[2]} */`).catch(() => {
    alive = false;
  });
  const hash = await cell(
    watcher,
    "SELECT authentication_string FROM mysql.user WHERE user='reader'",
  );
  const hidden = [...secrets, hash];
  const lockNames = [...new Set(strings.flatMap(literals))];
  const attacker = await victim.connect();
  for (const connection of [watcher, other, attacker]) connection.on('error', () => {});
  let state = await look(watcher, victim);

  async function tryOne(sql: string): Promise<{ effects: string[]; message?: string }> {
    const answer = await attacker.query(sql).then(([rows]) => toText(rows), toFailure);
    if (typeof answer === 'string')
      return { effects: hidden.filter((one) => answer.includes(one)).map((one) => `shows ${one}`) };
    const isCall = storedFunction.has(answer.errno) && !/^\s*SHOW/i.test(sql);
    return { effects: isCall ? ['calls a stored function'] : [], message: answer.message };
  }

  /** A busy machine is slow once or twice. */
  async function waits(sql: string, tries: number): Promise<boolean> {
    const begun = performance.now();
    await tryOne(sql);
    return performance.now() - begun > slow && (tries === 1 || waits(sql, tries - 1));
  }

  async function lookAround(before: State): Promise<string[]> {
    const held = await locks(watcher, lockNames);
    const changes = difference(before, await session(attacker));
    await attacker.query('COMMIT');
    const last = state;
    state = await look(watcher, victim);
    const others = alive ? [] : ["ended somebody else's query"];
    return [
      ...held,
      ...changes.filter((change) => !isReading(change)),
      ...difference(last, state),
      ...others,
    ];
  }

  return {
    async run(statements) {
      const effects: string[] = [];
      const failed: Outcome['failed'] = [];
      const before = await session(attacker);
      await attacker.query('START TRANSACTION');
      for (const sql of statements.map(victim.aim)) {
        const begun = performance.now();
        const outcome = await tryOne(sql);
        effects.push(...outcome.effects);
        if (outcome.message !== undefined) failed.push({ sql, message: outcome.message });
        if (performance.now() - begun > slow && (await waits(sql, 2))) effects.push('waits');
      }
      const found = await lookAround(before).catch((error) => [`the server went away: ${error}`]);
      return { effects: [...new Set([...effects, ...found])], failed };
    },
    close() {
      for (const connection of [attacker, watcher, other]) connection.destroy();
    },
  };
}

/** All cells, bytes included, as text. */
const toText = (rows: unknown) => (Array.isArray(rows) ? rows.flat().map(String).join('\n') : '');

const toFailure = ({ errno = 0, message }: { errno?: number; message: string }) => ({
  errno,
  message,
});

const isReading = (change: string) => reading.test(change.split(' ')[0] ?? '');

/** The texts of string literals: locks may bear them as names. */
const literals = (sql: string) =>
  lexSql(sql)
    .filter(({ type, text }) => type === 'string' && text.length < 60)
    .map(({ text }) => text.slice(1, -1));

type State = Map<string, string>;

/** What the connection's own counters and settings say. */
async function session(connection: Connection): Promise<State> {
  const status = `SHOW SESSION STATUS WHERE Variable_name LIKE 'Com\\_%'
    OR Variable_name IN ('Handler_delete', 'Prepared_stmt_count')`;
  return new Map([
    ...(await pairs(connection, status)).filter(
      ([name]) => !/^Com_(begin|show_status|show_variables)$/.test(name),
    ),
    ...(await pairs(connection, 'SHOW SESSION VARIABLES')).filter(([name]) => !passing.test(name)),
  ]);
}

const passing =
  /^(timestamp|last_insert_id|identity|insert_id|error_count|warning_count|rand_seed\d|pseudo_thread_id|in_transaction|last_gtid|gtid_.*|innodb_.*)$/;

/** Tables, accounts, programs, settings and files of the whole server. */
async function look(watcher: Connection, { folder }: Victim): Promise<State> {
  const tables = await rows(
    watcher,
    `SELECT CONCAT('\`', table_schema, '\`.\`', table_name, '\`') FROM information_schema.tables
     WHERE table_type LIKE '%BASE TABLE%' OR table_type IN ('SEQUENCE', 'SYSTEM VERSIONED')`,
  );
  const names = tables.map(([name]) => String(name)).filter((name) => !uncountable.test(name));
  const settings = await pairs(watcher, 'SHOW GLOBAL VARIABLES');
  const files = (await readdir(folder, { recursive: true })).filter((file) => !fleeting.test(file));
  const sequences = await rows(
    watcher,
    'SELECT next_not_cached_value FROM seq1 UNION ALL SELECT next_not_cached_value FROM s',
  );
  return new Map([
    ...(await pairs(watcher, `CHECKSUM TABLE ${names.join(', ')}`)),
    ...settings.filter(([name]) => !passing.test(name)),
    ...files.map((file): [string, string] => [`file ${file}`, '']),
    ...(await pairs(
      watcher,
      "SELECT id, user FROM information_schema.processlist WHERE user = 'root'",
    )),
    ['sequences', JSON.stringify(sequences)],
    ['transactions', await cell(watcher, 'SELECT COUNT(*) FROM information_schema.innodb_trx')],
  ]);
}

const uncountable =
  /`(performance_schema|information_schema|sys)`|_log`$|innodb_(table|index)_stats/;
const fleeting = /#sql|\bib|aria_log|\.tmp$|^sock|^pid|buffer_pool/;

/** What a second connection cannot have while the transaction is open. */
async function locks(watcher: Connection, names: readonly string[]): Promise<string[]> {
  const held: string[] = [];
  for (const table of [
    'customers',
    'orders',
    'audit',
    'categories',
    '`drop`',
    'myi',
    'prices',
    'sales',
    'replace_log',
  ])
    await watcher
      .query(`BEGIN; SELECT 1 FROM ${table} FOR UPDATE NOWAIT; ROLLBACK`)
      .catch(async () => {
        held.push(`locks ${table}`);
        await watcher.query('ROLLBACK');
      });
  const [users] = await watcher.query({
    sql: `SELECT CONCAT_WS(',', ${names.map(() => 'IS_USED_LOCK(?)').join(', ')})`,
    values: [...names],
    rowsAsArray: true,
  });
  if (String(users) !== '') held.push('holds a lock by name');
  return held;
}

function difference(before: State, after: State): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names]
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => `${name} ${before.get(name)} → ${after.get(name)}`);
}

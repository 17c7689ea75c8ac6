import { libraryTables } from './library-tables.ts';
import { days, minutes, startOfDay, toDate, toDateTime } from './moment.ts';
import { openRandom } from './random.ts';
import type { Cell, SampleTable } from './sample.ts';
import { firstNames, lastNames } from './words.ts';

/** A fictional lending library over one year. Pure: the same seed and day give the same rows. */
export function libraryRows({ today, seed = 11 }: { today: Date; seed?: number }): SampleTable[] {
  const random = openRandom(seed);
  const midnight = startOfDay(today);
  const branches = [
    [1, 'Main House', 'Lindenburg'],
    [2, 'By the River', 'Waterdam'],
    [3, 'Old School', 'Ashby Cross'],
  ];
  const members = Array.from({ length: 80 }, (_, index) => [
    index + 1,
    `${random.pick(firstNames)} ${random.pick(lastNames)}`,
    `member${index + 1}@example.org`,
    random.pick(['basic', 'plus', 'patron'], 1.8),
    random.int(1, 3),
    toDate(midnight - days((79 - index) * 5)),
  ]);
  const genres = [
    [1, null, 'Fiction'],
    [2, 1, 'Mystery'],
    [3, 1, 'Poetry'],
    [4, null, 'Non-fiction'],
    [5, 4, 'Travel'],
  ];
  const books = Array.from({ length: 60 }, (_, index) => [
    String(9_780_000_000_000 + index * 17),
    `${random.pick(['The Quiet', 'A Borrowed', 'Beyond the', 'Last of the'])} ${random.pick(['Lantern', 'Harbour', 'Orchard', 'Señal', 'Straße'])} ${index + 1}`,
    random.chance(0.9) ? `${random.pick(firstNames)} ${random.pick(lastNames)}` : null,
    random.pick([2, 3, 5]),
    random.int(60, 900),
    (random.int(500, 6000) / 100).toFixed(2),
    JSON.stringify({ language: random.pick(['en', 'de', 'ja']) }),
    toDate(midnight - days(random.int(30, 2000))),
  ]);
  const loans = Array.from({ length: 600 }, (_, index) => {
    const at = midnight + minutes(60) - (599 - index) * minutes(870);
    const state = at > midnight - days(21) ? 'open' : random.chance(0.03) ? 'lost' : 'returned';
    return [
      index + 1,
      random.int(1, 80),
      random.pick(books)[0] ?? null,
      state,
      random.int(0, 3),
      toDateTime(at),
      state === 'returned' ? toDateTime(at + days(random.int(2, 20))) : null,
    ];
  });
  const fines = loans
    .filter(([id, , , state]) => state === 'lost' || Number(id) % 7 === 0)
    .map(([id, member, , , , at], index) => [
      index + 1,
      id ?? 0,
      member ?? 0,
      (random.int(50, 3000) / 100).toFixed(2),
      random.chance(0.7) ? 1 : 0,
      at ?? null,
    ]);

  const rows: Record<keyof typeof libraryTables, Cell[][]> = {
    branch: branches,
    member: members,
    genre: genres,
    book: books,
    loan: loans,
    fine: fines,
    reservation: [],
  };
  return Object.entries(libraryTables).map(([name, [comment, ddl]]) => ({
    name,
    comment,
    ddl,
    columns: columnsOf(ddl),
    rows: rows[name as keyof typeof libraryTables],
  }));
}

/** The rows above are in the order of the columns. */
const columnsOf = (ddl: string) =>
  ddl
    .split('\n')
    .map((line) => line.trim().split(' ')[0] ?? '')
    .filter((word) => word === word.toLowerCase());

import type { SearchField } from './search-table.ts';

type Field<T> = SearchField<T>;
type Get<T> = SearchField<T>['value'];

/** Compared as a whole, whatever the case; `abc*` is a beginning. */
export const word = <T>(value: Get<T>): Field<T> => ({ type: 'word', value });
/** Compared word by word. */
export const text = <T>(value: Get<T>): Field<T> => ({ type: 'text', value });
/** Compared as a number. */
export const number = <T>(value: Get<T>): Field<T> => ({ type: 'number', value });
/** `true` or `false`. */
export const flag = <T>(value: Get<T>): Field<T> => ({ type: 'flag', value });
/** Compared as a number, as the id of something. */
export const id = <T>(value: Get<T>): Field<T> => ({ type: 'id', value });
/** A moment, ISO 8601; a bare date in a search means its whole day. */
export const time = <T>(value: (item: T) => string | null): Field<T> => ({
  type: 'time',
  value: (item) => {
    const moment = value(item);
    return moment === null ? null : Date.parse(moment);
  },
});

interface Dated {
  id: number;
  createdAt: string;
  updatedAt: string;
}

/** The field that everything has. */
export const own = <T extends { id: number }>() => ({ id: id<T>((item) => item.id) });
/** The fields of what was made and changed. */
export const dated = <T extends Dated>() => ({
  ...own<T>(),
  created_at: time<T>(({ createdAt }) => createdAt),
  updated_at: time<T>(({ updatedAt }) => updatedAt),
});
/** The sort keys of what was made and changed. */
export const datedSorts = {
  ID: ({ id: key }: Dated) => key,
  CREATED_AT: ({ createdAt }: Dated) => createdAt,
  UPDATED_AT: ({ updatedAt }: Dated) => updatedAt,
  RELEVANCE: ({ id: key }: Dated) => key,
};
/** The fields of what has tags. */
export const tagged = <T extends { tags: string[] }>() => ({
  tag: word<T>(({ tags }) => tags),
  tag_not: { ...word<T>(({ tags }) => tags), isOpposite: true },
});

/** A country's English name, by its code. */
export const countryName = (code: string): string => countryNames.of(code) ?? '';

const countryNames = new Intl.DisplayNames('en', { type: 'region' });

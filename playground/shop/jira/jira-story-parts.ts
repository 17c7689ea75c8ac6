import type { JiraSprint } from '../../jira/jira-data.ts';
import type { ShopOrder, ShopRecords } from '../shop-records.ts';

/** What the tickets of the story are made of. */
export interface StoryParts {
  records: ShopRecords;
  /** Of the day that is today, milliseconds since 1970. */
  midnight: number;
  sprints: JiraSprint[];
}

/** A moment of the shop's rows in milliseconds since 1970. */
export const toMs = (moment: string) => Date.parse(`${moment.replace(' ', 'T')}Z`);

/** Who ordered. */
export const emailOf = ({ users }: ShopRecords, order: ShopOrder) =>
  users.find(({ id }) => id === order.user_id)?.email ?? '';

import type { AppInfo, Message, Person } from '../../../slack/control-types.ts';
import { type Directory, nameOf } from '../workspace/directory.tsx';

export interface Author {
  name: string;
  person: Person | undefined;
  /** The app that wrote the message, when one did. */
  app: AppInfo | undefined;
}

/** Who wrote a message, under the name that it was written. */
export function authorOf(
  { user, username, bot_id, app_id }: Message,
  { people, apps }: Pick<Directory, 'people' | 'apps'>,
): Author {
  const app =
    bot_id === undefined && app_id === undefined
      ? undefined
      : apps.find((one) => one.id === app_id || one.bot_id === bot_id);
  const person = people.get(user) ?? people.get(app?.user ?? '');
  return {
    name: username || (person ? nameOf(person) : (app?.name ?? nameOf(person))),
    person,
    app,
  };
}

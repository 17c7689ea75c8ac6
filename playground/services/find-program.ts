import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Servers often stand where only root's path looks, or where a package manager keeps them. */
const moreFolders = [
  '/usr/local/bin',
  '/usr/local/sbin',
  '/usr/bin',
  '/usr/sbin',
  '/usr/libexec',
  '/opt/homebrew/bin',
  '/opt/homebrew/opt/mariadb/bin',
  '/opt/homebrew/opt/mysql/bin',
];

/** The full path of the first of these programs that is installed; the order of names counts before that of folders. */
export async function findProgram(
  names: string[],
  path = process.env.PATH ?? '',
): Promise<string | undefined> {
  const folders = [...path.split(delimiter).filter(Boolean), ...moreFolders];
  for (const name of names)
    for (const folder of folders) {
      const file = join(folder, name);
      if (await isProgram(file)) return file;
    }
  return undefined;
}

/** Whether the file is there and may be run. */
export const isProgram = async (file: string): Promise<boolean> =>
  access(file, constants.X_OK)
    .then(() => stat(file))
    .then(
      (found) => found.isFile(),
      () => false,
    );

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildPage } from '../../../playground/web/build.ts';

it('builds one page for everybody who asks at the same time', async () => {
  const folders = await Promise.all([buildPage(), buildPage()]);
  expect(new Set(folders).size).toBe(1);
  expect(await buildPage()).toBe(folders[0]);
});

it('needs nothing from other servers', async () => {
  const folder = await buildPage();
  const files = await readdir(folder, { recursive: true });
  const text = async (ending: string) => {
    const named = files.filter((name) => name.endsWith(ending));
    return Promise.all(named.map((name) => readFile(join(folder, name), 'utf8')));
  };
  const [html] = await text('.html');
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
  expect((await text('.css')).join()).not.toMatch(/url\(|@import/);
});

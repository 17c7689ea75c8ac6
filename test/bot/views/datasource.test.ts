import { expect, it } from 'vitest';
import type { SourceTest } from '../../../src/agent/toolbox.ts';
import { sourceChosen, sourcesView, unknownSource } from '../../../src/bot/views/datasource.ts';

const source = (more: Partial<SourceTest> = {}): SourceTest => ({
  name: 'files',
  title: 'Files',
  state: 'ready',
  ms: 12,
  ...more,
});

it.each<[string, SourceTest, string]>([
  ['answers', source(), ':large_green_circle: *Files* (`files`) answers, 12 ms'],
  [
    'is starting',
    source({ state: 'starting' }),
    ':large_yellow_circle: *Files* (`files`) is starting',
  ],
  [
    'is down',
    source({ state: 'down', problem: 'It can’t be reached.' }),
    ':red_circle: *Files* (`files`) It can’t be reached.',
  ],
  [
    'has changed',
    source({ state: 'quarantined', problem: 'Its tools have changed: 1 new.' }),
    ':lock: *Files* (`files`) Its tools have changed: 1 new.',
  ],
  [
    'works less well than it was meant to',
    source({
      warning: 'readTools names serach, which the server does not have; did you mean search?',
    }),
    ':large_green_circle: *Files* (`files`) answers, 12 ms. readTools names serach, which the server does not have; did you mean search?',
  ],
])('shows a source that %s', (_, given, line) => {
  expect(sourcesView([given], 'auto').text?.split('\n')[0]).toBe(line);
});

it.each([
  ['files', 'In use for you in this channel: `files`.'],
  ['auto', 'In use for you in this channel: all of them (`auto`).'],
  ['removed', 'In use for you in this channel: all of them (`auto`).'],
])('says which one is in use when %s was chosen', (chosen, words) => {
  expect(sourcesView([source()], chosen).text).toContain(words);
});

it('names a source that answers where it says how to switch', () => {
  const broken = source({ name: 'broken', state: 'down', problem: 'It can’t be reached.' });
  expect(sourcesView([broken, source()], 'auto').text).toContain('`/datasource files`');
  expect(sourcesView([broken], 'auto').text).toContain('`/datasource broken`');
});

it.each<[string, SourceTest, string]>([
  ['that answers', source(), 'now. `/datasource auto` goes back'],
  [
    'that is down',
    source({ state: 'down', problem: 'It can’t be reached.' }),
    'now. It does not work at present: It can’t be reached. `/datasource auto` goes back',
  ],
  [
    'that has changed',
    source({ state: 'quarantined', problem: 'Its tools have changed: 1 new.' }),
    'now. It does not work at present: Its tools have changed: 1 new. `/datasource auto`',
  ],
  [
    'whose tools are not offered',
    source({ warning: 'None of its tools is offered: name those that only read in readTools.' }),
    'now. None of its tools is offered: name those that only read in readTools. `/datasource auto`',
  ],
])('confirms a switch to a source %s', (_, given, words) => {
  expect(sourceChosen('files', [given]).text).toContain(words);
});

it.each([
  ['flies', 'There is no data source called “flies”. Did you mean `files`? There are '],
  ['postgres', 'There is no data source called “postgres”. There are `auto`, `files`, and `test`'],
])('answers to %s with the names there are', (word, words) => {
  expect(unknownSource(word, [source()]).text).toContain(words);
});

it('lets nothing that a server or a file says ping, link or format', () => {
  const shown = JSON.stringify([
    sourcesView(
      [
        source({
          title: '<!here> *x*',
          state: 'down',
          problem: 'See <https://evil.example|this> <@U1>',
        }),
      ],
      'auto',
    ),
    sourceChosen('files', [source({ title: '<!channel>' })]),
    unknownSource('<!everyone>', [source()]),
  ]);
  expect(shown).not.toMatch(/<!|<@|<https/);
});

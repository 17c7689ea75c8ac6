import { expect, it } from 'vitest';
import { fileId } from '../../../playground/web/src/blocks/picture.tsx';

it.each([
  [{ id: 'F123' }, 'F123'],
  [{ url: 'http://127.0.0.1:4000/files/F123/chart.png' }, 'F123'],
  [{ url: 'https://files.slack.com/files-pri/T1-F123/chart.png' }, undefined],
  [{ url: 'http://127.0.0.1:4000/files/F123' }, 'F123'],
  [{ url: 7 }, undefined],
  [undefined, undefined],
])('%j is file %s', (slackFile, id) => expect(fileId(slackFile)).toBe(id));

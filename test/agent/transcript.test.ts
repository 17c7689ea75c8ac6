import { describe, expect, it } from 'vitest';
import { assistantText, toHistory, userText } from '../../src/agent/transcript.ts';
import type { TranscriptMessage } from '../../src/store/threads.ts';

const asks = (text: string) => userText(`<context>\n</context>${text}`);
const call = (id: string, name: unknown = 'a__b') => ({ type: 'tool_use', id, name, input: {} });
const use = (id: string, name?: unknown): TranscriptMessage => ({
  role: 'assistant',
  content: [call(id, name)],
});
const returned = (id: string) => ({ type: 'tool_result', tool_use_id: id, content: '1' });
const result = (id: string): TranscriptMessage => ({ role: 'user', content: [returned(id)] });
const sound = [asks('a'), use('1'), result('1'), assistantText('A')];

describe('the history for the model', () => {
  it('is the whole transcript when that is short', () => {
    expect(toHistory([...sound, asks('b'), assistantText('B')], 1_000)).toHaveLength(6);
  });

  it.each<[string, TranscriptMessage[]]>([
    ['a call without a result', [asks('b'), use('2'), assistantText('B')]],
    ['a result without a call', [asks('b'), result('2'), assistantText('B')]],
    [
      'two calls of one id',
      [
        asks('b'),
        { role: 'assistant', content: [call('2'), call('2')] },
        result('2'),
        assistantText('B'),
      ],
    ],
    [
      'two results of one call',
      [
        asks('b'),
        use('2'),
        { role: 'user', content: [returned('2'), returned('2')] },
        assistantText('B'),
      ],
    ],
    [
      'one id in two steps',
      [asks('b'), use('2'), result('2'), use('2'), result('2'), assistantText('B')],
    ],
    ['an id that is none', [asks('b'), use('2!'), result('2!'), assistantText('B')]],
    ['a tool name that is none', [asks('b'), use('2', 'a b'), result('2'), assistantText('B')]],
    ['a call without a name', [asks('b'), use('2', null), result('2'), assistantText('B')]],
    ['a question without an answer', [asks('b')]],
    ['an empty message', [asks('b'), { role: 'assistant', content: [] }]],
    ['something that is no message', [asks('b'), { role: 'assistant', content: 7 }]],
  ])('leaves out a turn with %s', (_, broken) => {
    expect(toHistory([...broken, ...sound], 1_000)).toEqual(sound);
  });

  it('leaves out a later turn that has a call’s id again: the API takes an id once', () => {
    const again = [asks('b'), use('1'), result('1'), assistantText('B')];
    expect(toHistory([...sound, ...again, asks('c'), assistantText('C')], 1_000)).toEqual([
      ...sound,
      asks('c'),
      assistantText('C'),
    ]);
  });

  it('starts at a question, whatever the transcript starts with', () => {
    expect(toHistory([result('0'), assistantText('x'), ...sound], 1_000)).toEqual(sound);
  });

  it('drops the oldest half past the budget, and starts at the same place for the next questions', () => {
    const turn = (n: number) => [asks(`${n}`), assistantText('x'.repeat(350))];
    const starts = Array.from({ length: 30 }, (_, n) => {
      const transcript = Array.from({ length: n + 1 }, (_, index) => turn(index)).flat();
      return JSON.stringify(toHistory(transcript, 1_400)[0]);
    });
    const changes = starts.filter((start, n) => start !== starts[n - 1]).length;
    expect(changes).toBeGreaterThan(3);
    expect(changes).toBeLessThan(10);
  });

  it('is empty when the last turn alone is past the budget', () => {
    expect(toHistory([asks('x'.repeat(10_000)), assistantText('A')], 100)).toEqual([]);
  });
});

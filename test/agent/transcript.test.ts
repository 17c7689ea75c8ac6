import { describe, expect, it } from 'vitest';
import { assistantText, toHistory, userText } from '../../src/agent/transcript.ts';
import type { TranscriptMessage } from '../../src/store/threads.ts';

const asks = (text: string) => userText(`<context>\n</context>${text}`);
const use = (id: string): TranscriptMessage => ({
  role: 'assistant',
  content: [{ type: 'tool_use', id }],
});
const result = (id: string): TranscriptMessage => ({
  role: 'user',
  content: [{ type: 'tool_result', tool_use_id: id, content: '1' }],
});
const sound = [asks('a'), use('1'), result('1'), assistantText('A')];

describe('the history for the model', () => {
  it('is the whole transcript when that is short', () => {
    expect(toHistory([...sound, asks('b'), assistantText('B')], 1_000)).toHaveLength(6);
  });

  it.each<[string, TranscriptMessage[]]>([
    ['a call without a result', [asks('b'), use('2'), assistantText('B')]],
    ['a result without a call', [asks('b'), result('2'), assistantText('B')]],
    ['a question without an answer', [asks('b')]],
    ['an empty message', [asks('b'), { role: 'assistant', content: [] }]],
    ['something that is no message', [asks('b'), { role: 'assistant', content: 7 }]],
  ])('leaves out a turn with %s', (_, broken) => {
    expect(toHistory([...broken, ...sound], 1_000)).toEqual(sound);
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

import type { HomeView } from '@slack/types';
import { exampleQuestions } from '../../agent/greeting.ts';
import type { SourceState } from '../../agent/toolbox.ts';

/** The Home tab: how to ask, and what, of the sources that are connected. */
export function homeView(sources: SourceState[]): HomeView {
  const examples = exampleQuestions(sources).map((question) => `• ${question}`);
  return {
    type: 'home',
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: 'Ask your data' } },
      section(
        'Write to me in the *Messages* tab, or mention me in a channel. In a thread I am part of, just go on asking.',
      ),
      ...(examples.length > 0 ? [section(['*For example*', ...examples].join('\n'))] : []),
      section('`/datasource` shows what is connected and whether it answers.'),
    ],
  };
}

const section = (text: string) => ({
  type: 'section' as const,
  text: { type: 'mrkdwn' as const, text },
});

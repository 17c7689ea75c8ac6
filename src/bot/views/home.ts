import type { HomeView } from '@slack/types';
import { exampleQuestions } from '../../agent/greeting.ts';

/** The Home tab: how to ask, and what. */
export function homeView(): HomeView {
  const examples = exampleQuestions.map((question) => `• ${question}`).join('\n');
  return {
    type: 'home',
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: 'Ask your data' } },
      section(
        'Write to me in the *Messages* tab, or mention me in a channel. In a thread I am part of, just go on asking.',
      ),
      section(`*For example*\n${examples}`),
      section('`/datasource` shows what is connected and whether it answers.'),
    ],
  };
}

const section = (text: string) => ({
  type: 'section' as const,
  text: { type: 'mrkdwn' as const, text },
});

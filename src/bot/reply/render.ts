import type { KnownBlock, MarkdownBlock } from '@slack/types';
import { footerLines } from './footer.ts';
import { closeFence, mend } from './mend.ts';
import { toMrkdwn, toPlainText } from './mrkdwn.ts';
import type { Gate } from './output-gate.ts';
import { byteSize, clip, jsonSize } from './size.ts';
import { splitMarkdown } from './split.ts';
import { answerText, isWriting, type ReplyState } from './state.ts';
import { workingLines } from './working-line.ts';

/** One Slack message: what people see, and the words for notifications and screen readers. */
export interface SlackMessage {
  /** Never empty. At most 3,000 bytes beside blocks, 3,500 without. */
  text: string;
  blocks: KnownBlock[];
}

/** How much Slack takes: `markdown` blocks; else sections of mrkdwn; else text only. */
export type ReplyForm = 'markdown' | 'sections' | 'text';

/** Room within one message. Slack's own limits are wider, but it counts in ways that nobody has written down. */
export interface Limits {
  /** Characters of a `markdown` block, as JSON. Slack: 12,000, and about 13,200 for all blocks together. */
  markdown: number;
  /** Characters of a section, as JSON. Slack: 3,000. */
  section: number;
  sections: number;
  /** Bytes of `text` beside blocks, and without. Slack refuses edits past 4,000. */
  fallback: number;
  text: number;
  /** Characters of a context element. Slack: 2,000. */
  context: number;
  /** Messages of one reply; what is longer is cut, and says so. */
  messages: number;
}

export const slackLimits: Limits = {
  markdown: 9_500,
  section: 2_900,
  sections: 3,
  fallback: 3_000,
  text: 3_500,
  context: 1_900,
  messages: 20,
};

interface RenderOptions {
  gate: Gate;
  form?: ReplyForm;
  limits?: Limits;
}

/** The Slack messages that show a state: at least one, each within the limits, each text through the gate. */
export function render(
  state: ReplyState,
  { gate, form = 'markdown', limits = slackLimits }: RenderOptions,
): SlackMessage[] {
  const answer = toAnswer(state, gate);
  const working = state.end ? [] : workingLines(state, gate);
  const body = state.end ? withEnd(answer, state.end) : answer || working.join('\n\n');
  const tail = state.end ? footerLines(state) : answer ? working : [];
  const messages = forms[form](gate.pass(body, 'markdown'), tail.join('\n'), gate, limits);
  return messages.length > 0 ? messages : forms[form]('…', '', gate, limits);
}

/** The gate stands before every cut: half a secret or half a link would not be recognised. */
function toAnswer(state: ReplyState, gate: Gate): string {
  const text = answerText(state);
  const shown = isWriting(state) ? mend(gate.holdBack(text)) : closeFence(text);
  return gate.pass(shown, 'markdown').trimEnd();
}

function withEnd(answer: string, end: NonNullable<ReplyState['end']>): string {
  if (end.type === 'done') return answer || noAnswer[end.reason];
  const sentence = end.type === 'stopped' ? end.text : `⚠️ ${end.message}`;
  return answer ? `${answer}\n\n${sentence}` : sentence;
}

const noAnswer = {
  answered: 'I found no words for an answer. Please ask again, perhaps in another way.',
  limit: 'I reached a limit before I had an answer. Please ask for a smaller part of it.',
  refused: 'I cannot answer that.',
};

type Form = (markdown: string, tail: string, gate: Gate, limits: Limits) => SlackMessage[];

const forms: Record<ReplyForm, Form> = {
  markdown(markdown, tail, gate, limits) {
    const parts = splitMarkdown(markdown, limits.markdown);
    return capped(parts, tail, limits).map(([part, below]) => ({
      text: fallback(part, gate, limits),
      blocks: [markdownBlock(part, gate), ...context(below, gate, limits)],
    }));
  },

  sections(markdown, tail, gate, limits) {
    const sections = splitMarkdown(gate.pass(toMrkdwn(markdown), 'mrkdwn'), limits.section);
    return capped(inGroups(sections, limits.sections), tail, limits).map(([group, below]) => ({
      text: fallback(group.join('\n\n'), gate, limits),
      blocks: [
        ...group.map((section) => sectionBlock(section, gate)),
        ...context(below, gate, limits),
      ],
    }));
  },

  text(markdown, tail, gate, limits) {
    const text = gate.pass(toMrkdwn(tail ? `${markdown}\n\n${tail}` : markdown), 'mrkdwn');
    const parts = splitMarkdown(text, limits.text, byteSize);
    return capped(parts, '', { ...limits, messages: limits.messages * 2 }).map(([part, below]) => ({
      text: gate.pass(
        below ? `${clip(part, limits.text - 200, byteSize)}\n${below}` : part,
        'mrkdwn',
      ),
      blocks: [],
    }));
  },
};

/** The parts that are shown, each with what stands below it. */
function capped<T>(parts: T[], tail: string, { messages }: Limits): [part: T, below: string][] {
  const shown = parts.slice(0, messages);
  const cut =
    parts.length > messages
      ? 'The answer goes on, but this is as much as I post. Please ask for a part of it.'
      : '';
  const below = [cut, tail].filter(Boolean).join('\n');
  return shown.map((part, index) => [part, index === shown.length - 1 ? below : '']);
}

const markdownBlock = (text: string, gate: Gate): MarkdownBlock => ({
  type: 'markdown',
  text: gate.pass(text, 'markdown'),
});

const sectionBlock = (text: string, gate: Gate): KnownBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text: gate.pass(text, 'mrkdwn'), verbatim: true },
});

function context(text: string, gate: Gate, { context: room }: Limits): KnownBlock[] {
  if (!text) return [];
  const shown = gate.pass(clip(gate.pass(text, 'mrkdwn'), room, jsonSize), 'mrkdwn');
  return [{ type: 'context', elements: [{ type: 'mrkdwn', text: shown, verbatim: true }] }];
}

function fallback(markdown: string, gate: Gate, { fallback: room }: Limits): string {
  const text = gate.pass(toPlainText(markdown), 'plain').trim();
  return clip(text || '…', room, byteSize);
}

const inGroups = <T>(items: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

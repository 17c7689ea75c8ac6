import type { RespondArguments } from '@slack/bolt';
import { type SourceState, type SourceTest, sourceInUse } from '../../agent/toolbox.ts';
import { nearest } from '../../nearest.ts';
import { outputGate } from '../reply/output-gate.ts';

const marks = {
  ready: ':large_green_circle:',
  starting: ':large_yellow_circle:',
  down: ':red_circle:',
  quarantined: ':lock:',
};

/** What `/datasource` shows: each source, whether it answers, and which one is in use here. */
export function sourcesView(sources: SourceTest[], chosen: string): RespondArguments {
  if (sources.length === 0)
    return {
      text: 'No data source is connected. Set the variables of one (see `.env.example`), or name it in `connectormcp.json`, and restart me.',
    };
  const lines = sources.map(
    (source) =>
      `${marks[source.state]} *${safe(source.title)}* (\`${source.name}\`) ${safe(toFinding(source))}`,
  );
  const inUse = sourceInUse(chosen, sources);
  const use = inUse === 'auto' ? 'all of them (`auto`)' : `\`${inUse}\``;
  const example = (sources.find(({ state }) => state === 'ready') ?? sources[0])?.name;
  return toMessage([
    lines.join('\n'),
    `In use for you in this channel: ${use}. Switch with \`/datasource ${example}\` or \`/datasource auto\`.`,
  ]);
}

function toFinding({ state, problem, warning, ms }: SourceTest): string {
  if (state !== 'ready') return problem ?? 'is starting';
  return [`answers, ${ms} ms`, warning].filter(Boolean).join('. ');
}

/** The confirmation of a switch, with what is wrong with the source chosen. */
export function sourceChosen(name: string, sources: SourceState[]): RespondArguments {
  const source = sources.find((one) => one.name === name);
  if (!source) return toMessage(['Your questions in this channel may use every source now.']);
  return toMessage([
    [
      `Your questions in this channel go to *${safe(source.title)}* now.`,
      source.problem && safe(`It does not work at present: ${source.problem}`),
      source.warning && safe(source.warning),
      '`/datasource auto` goes back to all sources.',
    ]
      .filter(Boolean)
      .join(' '),
  ]);
}

/** A name that is no source, and the names that are. */
export function unknownSource(word: string, sources: SourceState[]): RespondArguments {
  const known = ['auto', ...sources.map(({ name }) => name)];
  const [close] = nearest(word, known, 1);
  const names = known.map((name) => `\`${name}\``).join(', ');
  return toMessage([
    [
      `There is no data source called “${safe(word.slice(0, 50))}”.`,
      close && `Did you mean \`${close}\`?`,
      `There are ${names}, and \`test\` to look whether they answer.`,
    ]
      .filter(Boolean)
      .join(' '),
  ]);
}

function toMessage(sections: string[]): RespondArguments {
  return {
    text: sections.join('\n'),
    blocks: sections.map((text) => ({
      type: 'section',
      text: { type: 'mrkdwn', text, verbatim: true },
    })),
  };
}

const safe = (text: string) => outputGate(text, { kind: 'mrkdwn', allowedHosts: [], secrets: [] });

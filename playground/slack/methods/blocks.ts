import { type Args, isRecord } from '../args.ts';
import { checkBlocks } from '../blocks/blocks.ts';
import { toViewDescription } from '../interactivity/view-description.ts';
import { toLimits } from '../limits/limits.ts';
import type { Method, Methods } from '../parts.ts';
import { Refusal } from '../refusal.ts';

const kinds = ['blocks', 'message', 'view'] as const;

/** Checks exactly one of blocks, a message and a view, whichever limits are switched off. */
const validate: Method = (_parts, args) => {
  const given = kinds.filter((kind) => args.has(kind));
  const [kind] = given;
  if (!kind || given.length > 1)
    throw new Refusal('invalid_arguments', [
      'must provide exactly one of `blocks`, `view`, or `message`',
    ]);
  try {
    checks[kind](args);
    return {};
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`invalid_${kind}`, [], { errors: toErrors(error, kind) });
  }
};

const checks: Record<(typeof kinds)[number], (args: Args) => void> = {
  blocks: (args) => checkBlocks(args.json('blocks')),
  message: (args) => {
    const message = args.json('message');
    if (!isRecord(message)) throw new Refusal('invalid_message', ['must provide an object']);
    checkBlocks(message.blocks);
  },
  view: (args) => toViewDescription(args.json('view'), ['modal', 'home'], toLimits()),
};

export const blockMethods: Methods = { 'blocks.validate': validate };

/** What was wrong as this method tells it: pointers begin in what was given. That the code is always the same is a guess. */
function toErrors({ error, details }: Refusal, kind: string) {
  const { messages = [error] } = (details.response_metadata ?? {}) as { messages?: string[] };
  return messages.map((sentence) => {
    const [, text = sentence, place = ''] =
      /^(?:\[ERROR\] )?(.*?)(?: \[json-pointer:(.*)\])?$/s.exec(sentence) ?? [];
    const pointer = kind === 'message' ? place : place.replace(/^\/(?:blocks|view)/, '');
    return { pointer, code: 'failed_constraint', message: text };
  });
}

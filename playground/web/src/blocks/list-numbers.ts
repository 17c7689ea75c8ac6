import { field, listField, stringField } from './text-object.ts';

/** How many items a library and Slack counted so far at one depth. */
interface Count {
  all: number;
  own: number;
  style: unknown;
}

/** A `rich_text` block whose numbered lists count on their own: the library goes on counting from a bulleted list before. */
export function withListNumbers(block: unknown): unknown {
  if (stringField(block, 'type') !== 'rich_text') return block;
  let counts: (Count | undefined)[] = [];
  const elements = listField(block, 'elements').map((element) => {
    if (stringField(element, 'type') !== 'rich_text_list') {
      counts = [];
      return element;
    }
    const style = field(element, 'style');
    const indent = depthOf(element);
    const { length } = listField(element, 'elements');
    const before = counts[indent] ?? { all: 0, own: 0, style };
    const own = before.style === style ? before.own : 0;
    // Lists further in begin anew.
    counts = counts.slice(0, indent);
    counts[indent] = { all: before.all + length, own: own + length, style };
    const offset = Number(field(element, 'offset') ?? 0);
    return { ...(element as object), offset: offset + own - before.all };
  });
  return { ...(block as object), elements };
}

function depthOf(list: unknown): number {
  const indent = field(list, 'indent');
  return typeof indent === 'number' && indent >= 0 && indent <= 8 ? Math.floor(indent) : 0;
}

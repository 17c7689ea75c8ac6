import { type ComponentType, useContext } from 'react';
import type { AnyBlock } from '../../../slack/control-types.ts';
import { ActionsBlock } from './actions-block.tsx';
import { BlockBoundary } from './block-boundary.tsx';
import { CardBlock, CarouselBlock } from './card-block.tsx';
import { ContainerBlock } from './container-block.tsx';
import { ContextBlock } from './context-block.tsx';
import { DataTableBlock } from './data-table-block.tsx';
import { DisplayBlock } from './display-block.tsx';
import { FileBlock } from './file-block.tsx';
import { FormContext, useForm } from './form.ts';
import { ImageBlock } from './image-block.tsx';
import { InputBlock } from './input-block.tsx';
import { MarkdownBlock } from './markdown-block.tsx';
import { SectionBlock } from './section-block.tsx';
import { TableBlock } from './table-block.tsx';
import { PlanBlock, TaskCardBlock } from './task-card-block.tsx';
import { plainText, stringField } from './text-object.ts';
import { UnknownNote } from './unknown-note.tsx';
import { VideoBlock } from './video-block.tsx';

type BlockComponent = ComponentType<{ block: AnyBlock }>;

/** What draws which block: own components for what reacts or would load something, slack-blocks-to-jsx for the rest. */
const components: Record<string, BlockComponent> = {
  actions: ActionsBlock,
  alert: DisplayBlock,
  card: CardBlock,
  carousel: CarouselBlock,
  container: (props) => <ContainerBlock {...props} Inner={Blocks} />,
  context: ContextBlock,
  context_actions: ActionsBlock,
  data_table: DataTableBlock,
  data_visualization: DisplayBlock,
  divider: DisplayBlock,
  file: FileBlock,
  header: DisplayBlock,
  image: ImageBlock,
  input: InputBlock,
  markdown: ({ block }) => <MarkdownBlock text={stringField(block, 'text') ?? ''} />,
  plan: PlanBlock,
  rich_text: DisplayBlock,
  section: SectionBlock,
  table: TableBlock,
  task_card: TaskCardBlock,
  video: VideoBlock,
};

/** The blocks of a message or view, in order. They keep their place in the page through edits, so nothing flickers. */
export function Blocks({ blocks }: { blocks: AnyBlock[] }) {
  const enclosing = useContext(FormContext);
  const own = useForm(blocks, false);
  const drawn = blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a block has no identity but its place; its id may change with every edit
    <div key={index} className={`block block-${typeOf(block)}`}>
      <BlockBoundary block={block} words={plainText(block)}>
        <OneBlock block={block} />
      </BlockBoundary>
    </div>
  ));
  return enclosing ? drawn : <FormContext value={own}>{drawn}</FormContext>;
}

function OneBlock({ block }: { block: AnyBlock }) {
  const type = typeOf(block);
  const Component = Object.hasOwn(components, type) ? components[type] : undefined;
  return Component ? <Component block={block} /> : <UnknownNote what={`“${type}” block`} />;
}

/** Whatever the app sent: it may be no block at all. */
const typeOf = (block: unknown) => stringField(block, 'type') ?? 'nameless';

import type { AnyBlock } from '../../../slack/control-types.ts';
import { Element } from './element.tsx';
import { Picture } from './picture.tsx';
import { SlackText } from './slack-text.tsx';
import { listField, stringField } from './text-object.ts';

/** A card: pictures, title, a few words, buttons. */
export function CardBlock({ block }: { block: AnyBlock }) {
  return <Card card={block} blockId={block.block_id} />;
}

/** Cards side by side. */
export function CarouselBlock({ block }: { block: AnyBlock }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: so that the keyboard can scroll it
    <section className="carousel" tabIndex={0} aria-label="Cards">
      {listField(block, 'elements').map((card, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a card has no identity but its place
        <Card key={index} card={card} blockId={stringField(card, 'block_id') ?? block.block_id} />
      ))}
    </section>
  );
}

function Card({ card, blockId }: { card: unknown; blockId: string | undefined }) {
  const { hero_image, icon, title, subtitle, body } = (card ?? {}) as Record<string, unknown>;
  return (
    <div className="card">
      {hero_image !== undefined && <Picture image={hero_image} className="hero" />}
      <div className="card-head">
        {icon !== undefined && <Picture image={icon} />}
        <div>
          {title !== undefined && (
            <b>
              <SlackText object={title} />
            </b>
          )}
          {subtitle !== undefined && (
            <small>
              <SlackText object={subtitle} />
            </small>
          )}
        </div>
      </div>
      {body !== undefined && <SlackText object={body} />}
      <div className="actions">
        {listField(card, 'actions').map((button, index) => (
          <Element
            key={stringField(button, 'action_id') ?? index}
            element={button}
            blockId={blockId}
          />
        ))}
      </div>
    </div>
  );
}

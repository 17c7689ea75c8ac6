import { Component, type ReactNode } from 'react';
import type { AnyBlock } from '../../../slack/control-types.ts';
import { UnknownNote } from './unknown-note.tsx';

interface Props {
  block: AnyBlock;
  /** What to show as plain words instead; without it a note says that something is missing. */
  words?: string;
  children: ReactNode;
}

/** Keeps one block that can't be drawn from taking the page with it; the next version of the block gets a new chance. */
export class BlockBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.failed && before.block !== this.props.block) this.setState({ failed: false });
  }

  override render(): ReactNode {
    const { block, words, children } = this.props;
    if (!this.state.failed) return children;
    return words ? (
      <p className="words">{words}</p>
    ) : (
      <UnknownNote what={`“${block?.type}” block`} />
    );
  }
}

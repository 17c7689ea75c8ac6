import { Avatar } from '../conversation/avatar.tsx';
import type { Suggestion } from './completion.ts';

interface Props {
  id: string;
  suggestions: Suggestion[];
  active: number;
  onPick: (suggestion: Suggestion) => void;
}

/** The list above the composer: people and channels to mention, commands, emoji. */
export function CompletionList({ id, suggestions, active, onPick }: Props) {
  return (
    <div className="completion" id={id} role="listbox" aria-label="Suggestions">
      {suggestions.map((suggestion, index) => (
        <div
          key={suggestion.insert}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          // Before the text field loses its focus.
          onMouseDown={(event) => {
            event.preventDefault();
            onPick(suggestion);
          }}
        >
          {suggestion.person && <Avatar person={suggestion.person} size={22} />}
          <b>{suggestion.label}</b>
          <span>{suggestion.hint}</span>
        </div>
      ))}
    </div>
  );
}

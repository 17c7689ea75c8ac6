import type { SuggestedPrompts } from '../../../slack/control-types.ts';

/** What an app suggests to ask: a click asks it. */
export function PromptButtons({
  suggested,
  onAsk,
}: {
  suggested: SuggestedPrompts[];
  onAsk: (message: string) => void;
}) {
  return suggested.map(({ app_id, title, prompts }) => (
    <section key={app_id} className="prompts" aria-label={title ?? 'Suggested prompts'}>
      {title && <p>{title}</p>}
      {prompts.map(({ title, message }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an app may suggest the same twice, and replaces all at once
        <button key={index} type="button" title={message} onClick={() => onAsk(message)}>
          {title}
        </button>
      ))}
    </section>
  ));
}

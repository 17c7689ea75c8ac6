/** The first stop of the Tab key: over the sidebar to the conversation. Seen only while it has the focus. */
export function SkipLink() {
  return (
    <button
      type="button"
      className="skip-link"
      onClick={() => {
        const places = ['main .composer textarea', 'main [tabindex="0"]'];
        const [first] = places.flatMap((place) => document.querySelector<HTMLElement>(place) ?? []);
        first?.focus();
      }}
    >
      Skip to the conversation
    </button>
  );
}

/** The two letters of a country by its English name, in any case: "Germany", "the UK" → `DE`, `GB`. */
export function countryCode(name: string): string | undefined {
  codes ??= readCodes();
  return codes.get(name.toLowerCase().replace(/^the /, ''));
}

let codes: Map<string, string> | undefined;

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Asks for the name of every pair of letters; withdrawn codes (DD, UK) lead to the one that took their place. */
function readCodes(): Map<string, string> {
  const styles = (['long', 'short'] as const).map(
    (style) => new Intl.DisplayNames(['en'], { type: 'region', style, fallback: 'none' }),
  );
  const found = letters.flatMap((a) =>
    letters.flatMap((b) =>
      styles.flatMap((names): [string, string][] => {
        const name = names.of(a + b);
        return name ? [[name.toLowerCase(), new Intl.Locale(`und-${a}${b}`).region ?? a + b]] : [];
      }),
    ),
  );
  return new Map(found);
}

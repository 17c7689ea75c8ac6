/** Where windows-1252 differs from Latin-1, as far as the sample data goes (WHATWG Encoding, index windows-1252). */
const special: Record<string, number> = {
  '€': 0x80,
  '…': 0x85,
  '’': 0x92,
  '“': 0x93,
  '”': 0x94,
  '–': 0x96,
};

/** Text in the encoding of an old Windows in Western Europe. Throws where it has no such character. */
export const toWindows1252 = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => {
    const code = special[character] ?? character.codePointAt(0) ?? 0;
    if (code > 0xff) throw new Error(`windows-1252 has no ${character}.`);
    return code;
  });

/** A name as SQL quotes it. */
export const quoteName = (name: string) => `\`${name.replaceAll('`', '``')}\``;

/** The same, but a plain word stays as it is. For names behind a dot, where even a reserved word is one. */
export const toName = (name: string) => (/^[A-Za-z_][\w$]*$/.test(name) ? name : quoteName(name));

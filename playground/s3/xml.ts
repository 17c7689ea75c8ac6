/** What stands between two tags; `undefined` leaves the element out. */
export type XmlContent = string | number | boolean | undefined | XmlElement[];

/** A tag and what it holds. */
export type XmlElement = readonly [tag: string, content: XmlContent];

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** A document as S3 writes it. */
export const toXml = (tag: string, content: XmlContent): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${tag} xmlns="${namespace}">${inner(content)}</${tag}>`;

/** An error's document; alone of all it has no namespace. */
export const toErrorXml = (content: XmlElement[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inner(content)}</Error>`;

function inner(content: XmlContent): string {
  if (!Array.isArray(content)) return escapeXml(String(content ?? ''));
  return content.map(element).join('');
}

const element = ([tag, content]: XmlElement) =>
  content === undefined ? '' : `<${tag}>${inner(content)}</${tag}>`;

// S3 writes control characters as references, which XML 1.0 forbids: hence `encoding-type=url`.
const escapeXml = (text: string) =>
  text.replace(/[&<>"\p{Cc}]/gu, (character) => `&#x${character.charCodeAt(0).toString(16)};`);

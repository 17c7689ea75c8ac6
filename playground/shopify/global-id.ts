/** `gid://shopify/Order/5000000004711`. */
export const toGid = (type: string, id: number): string => `gid://shopify/${type}/${id}`;

/** The number in an id of this type; 0, which nothing has, for an id of another type. */
export function fromGid(gid: unknown, type: string): number {
  const [, kind, id] = /^gid:\/\/shopify\/(\w+)\/(\d+)(?:\?.*)?$/.exec(String(gid)) ?? [];
  return kind === type ? Number(id) : 0;
}

/** Any id that Shopify would parse, of whatever type. */
export const isGid = (text: string): boolean => /^gid:\/\/shopify\/\w+\/[\w-]+(\?.*)?$/.test(text);

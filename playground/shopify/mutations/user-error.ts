/** What is wrong with an input: HTTP 200 and no `errors`, yet nothing was done. */
export interface UserError {
  field: string[] | null;
  message: string;
  code?: string;
}

/** An input that Shopify turns down. */
export const userError = (field: string[] | null, message: string, code?: string): UserError => ({
  field,
  message,
  ...(code === undefined ? {} : { code }),
});

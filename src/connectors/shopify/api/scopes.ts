import { ToolError } from '../../tool-error.ts';

/** The access scope behind each part of the Admin API that our tools read or write. */
export const scopeOf: Record<string, string> = {
  products: 'read_products',
  productByIdentifier: 'read_products',
  productVariants: 'read_products',
  productVariant: 'read_products',
  inventoryLevels: 'read_inventory',
  inventoryLevel: 'read_inventory',
  inventoryItem: 'read_inventory',
  unitCost: 'read_inventory',
  location: 'read_locations',
  locations: 'read_locations',
  orders: 'read_orders',
  orderByIdentifier: 'read_orders',
  order: 'read_orders',
  lastOrder: 'read_orders',
  customers: 'read_customers',
  customerByIdentifier: 'read_customers',
  customer: 'read_customers',
  draftOrders: 'read_draft_orders',
  shopifyqlQuery: 'read_reports',
  productUpdate: 'write_products',
  inventoryAdjustQuantities: 'write_inventory',
  orderUpdate: 'write_orders',
  draftOrderCreate: 'write_draft_orders',
};

/** Whether a token with these scopes may do what the one scope allows: who may write may read. */
export const allows = (granted: ReadonlySet<string>, scope: string): boolean =>
  granted.has(scope) || granted.has(scope.replace(/^read_/, 'write_'));

/** A call that the token may not make, said by the names of its scopes. */
export function missingScope(
  what: string,
  scopes: readonly string[],
  granted?: ReadonlySet<string>,
): ToolError {
  const list = [...(granted ?? [])].sort().join(', ');
  return new ToolError('MISSING_PERMISSION', `${what} needs the scope ${scopes.join(' or ')}`, {
    why: granted && (list ? `the token has ${list}` : 'the token has no scope at all'),
    try: `telling the operator to add ${scopes[0]} to the app's scopes and to install the app again`,
  });
}

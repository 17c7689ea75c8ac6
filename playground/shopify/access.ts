import { type GraphQLResolveInfo, getNamedType } from 'graphql';
import { apiError } from './api-error.ts';
import type { ApiContext } from './context.ts';

/** Everything an app of this shop may be allowed; `deny` takes away. */
export const allAccess = [
  'read_products',
  'write_products',
  'read_inventory',
  'write_inventory',
  'read_locations',
  'read_orders',
  'read_all_orders',
  'write_orders',
  'read_customers',
  'write_customers',
  'read_draft_orders',
  'write_draft_orders',
  'read_merchant_managed_fulfillment_orders',
  'read_discounts',
  'read_reports',
] as const;

/** No scopes, but granted like them: customers and orders at all, and their names, addresses, e-mails and numbers. */
export const protectedData = ['protected_customer_data', 'protected_customer_data_fields'] as const;

export type Access = (typeof allAccess)[number] | (typeof protectedData)[number];

const scopeOfType: Record<string, Access> = {
  Product: 'read_products',
  ProductVariant: 'read_products',
  Collection: 'read_products',
  InventoryItem: 'read_inventory',
  InventoryLevel: 'read_inventory',
  Location: 'read_locations',
  Order: 'read_orders',
  AbandonedCheckout: 'read_orders',
  FulfillmentOrder: 'read_merchant_managed_fulfillment_orders',
  DraftOrder: 'read_draft_orders',
  Customer: 'read_customers',
  DiscountNode: 'read_discounts',
};

const scopeOfField: Record<string, Access> = {
  'QueryRoot.productsCount': 'read_products',
  'QueryRoot.productVariantsCount': 'read_products',
  'QueryRoot.productTypes': 'read_products',
  'QueryRoot.productVendors': 'read_products',
  'QueryRoot.productTags': 'read_products',
  'QueryRoot.collectionsCount': 'read_products',
  'QueryRoot.locationsCount': 'read_locations',
  'QueryRoot.ordersCount': 'read_orders',
  'QueryRoot.customersCount': 'read_customers',
  'QueryRoot.draftOrdersCount': 'read_draft_orders',
  'QueryRoot.shopifyqlQuery': 'read_reports',
  'Mutation.productUpdate': 'write_products',
  'Mutation.inventoryAdjustQuantities': 'write_inventory',
  'Mutation.orderUpdate': 'write_orders',
  'Mutation.draftOrderCreate': 'write_draft_orders',
};

const personalFields = new Set([
  ...['displayName', 'firstName', 'lastName', 'email', 'phone'].map((name) => `Customer.${name}`),
  'CustomerEmailAddress.emailAddress',
  'CustomerPhoneNumber.phoneNumber',
  ...['address1', 'address2', 'city', 'zip', 'firstName', 'lastName', 'name', 'phone'].map(
    (name) => `MailingAddress.${name}`,
  ),
  'Order.email',
  'Order.phone',
]);

const protectedDocs = 'https://shopify.dev/docs/apps/launch/protected-customer-data';

/** Throws the error that Shopify gives for a field whose data the app may not have. */
export function checkAccess(context: ApiContext, info: GraphQLResolveInfo): void {
  const field = `${info.parentType.name}.${info.fieldName}`;
  const type = getNamedType(info.returnType).name.replace(/Connection$/, '');
  const scope = scopeOfField[field] ?? scopeOfType[type];
  if (scope && !context.allows(scope)) throw missingScope(info.fieldName, scope);
  if (type === 'ShopifyqlQueryResponse' && !context.allows('protected_customer_data_fields'))
    throw missingScope(info.fieldName, 'read_reports', reportsAlso);
  const isPersonal = personalFields.has(field);
  if (isPersonal && !context.allows('protected_customer_data_fields'))
    throw notApproved(`This app is not approved to use the ${info.fieldName} field.`);
  const isProtected = type === 'Customer' || type === 'Order';
  if (isProtected && !context.allows('protected_customer_data'))
    throw notApproved(`This app is not approved to access the ${type} object.`);
}

const reportsAlso =
  ' Also: Level 2 access to Customer data including name, address, phone, and email fields.';

function missingScope(field: string, scope: Access, also = '') {
  const requiredAccess = `\`${scope}\` access scope.${also}`;
  return apiError(
    `Access denied for ${field} field. Required access: ${requiredAccess}`,
    'ACCESS_DENIED',
    {
      documentation: 'https://shopify.dev/api/usage/access-scopes',
      requiredAccess,
    },
  );
}

const notApproved = (what: string) =>
  apiError(`${what} See ${protectedDocs} for more details.`, 'ACCESS_DENIED', {
    documentation: protectedDocs,
  });

import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
} from 'graphql';
import type { MaskKind } from '../records/mask.ts';
import access from '../schema/access.json' with { type: 'json' };

/** What Shopify itself marks as protected customer data. */
const published: Record<string, string | undefined> = access.personal;

/** Whose contact is known to everybody: the business itself. */
const isBusiness = /^(?:Shop(?:Address)?$|Location|App|Domain|FulfillmentService|DeliveryCarrier)/;

/** Fields that are as personal as those that Shopify lists, of types that it forgot. */
const byName: readonly (readonly [RegExp, MaskKind])[] = [
  [/e-?mail(?:address)?$/i, 'email'],
  [/phone(?:number)?$/i, 'phone'],
  [/^(?:address(?:line)?[12]|zip|postalcode|formatted|formattedaddress)$/i, 'address'],
  [/^(?:latitude|longitude|ip|ipAddress)$|Ip$/, 'address'],
];

/** What a payment service answered, tax numbers of people, and the labels of parcels. */
const others: Record<string, MaskKind | undefined> = {
  'OrderTransaction.receiptJson': 'address',
  'LocalizedField.value': 'address',
  'LocalizationExtension.value': 'address',
  'ShippingObjectsShippingDocument.url': 'address',
};

/** What opens something to whoever has it: a cart, an invoice, exported data. */
const isSecret =
  /(?:token|apiKey|secret|password|statusPageUrl|invoiceUrl|checkoutUrl|cartUrl|paymentCollectionUrl|nextActionUrl|unsubscribeUrl|partialDataUrl)$/i;
const isExport = (type: string, field: string) => type === 'BulkOperation' && field === 'url';

/** How a field of a type has to be masked, if at all. Of an interface, as any of its types has to be. */
export function sensitivity(
  schema: GraphQLSchema,
  parent: GraphQLNamedType,
  field: string,
): MaskKind | undefined {
  const types = isInterfaceType(parent) ? [parent, ...schema.getPossibleTypes(parent)] : [parent];
  return types.map((type) => ofType(type, field)).find(Boolean);
}

function ofType(type: GraphQLNamedType, field: string): MaskKind | undefined {
  const definition =
    isObjectType(type) || isInterfaceType(type) ? type.getFields()[field] : undefined;
  if (!definition || !isLeafType(getNamedType(definition.type))) return;
  if (isSecret.test(field) || isExport(type.name, field)) return 'secret';
  const other = others[`${type.name}.${field}`];
  if (other) return other;
  const content = published[`${type.name}.${field}`];
  if (content === 'email' || content === 'phone' || content === 'address') return content;
  // Names of customers are shown: a question about them is often about who they are.
  if (content === 'name' || isBusiness.test(type.name)) return;
  // Coordinates are numbers; other numbers and flags tell of mails and phones, not what they are.
  const isValue = /^(?:String|Float)$/.test(getNamedType(definition.type).name);
  return isValue ? byName.find(([name]) => name.test(field))?.[1] : undefined;
}

import { z } from 'zod';
import { money, tags, text, toIds, withoutEmpty, word } from './fields.ts';
import { mask } from './mask.ts';

/** What a list shows of a customer. */
export const customerFields = `id displayName state tags numberOfOrders
  amountSpent { amount currencyCode }
  defaultEmailAddress { emailAddress marketingState }
  defaultPhoneNumber { phoneNumber }
  defaultAddress { city countryCodeV2 }
  lastOrder { id name }
  createdAt updatedAt`;

/** The shape of `customerFields`. */
export const customerShape = {
  id: z.string(),
  displayName: text(),
  state: word,
  tags,
  numberOfOrders: z.coerce.string(), // Shopify's 64-bit numbers are text
  amountSpent: money.nullish(),
  defaultEmailAddress: z.object({ emailAddress: text(), marketingState: word }).nullish(),
  defaultPhoneNumber: z.object({ phoneNumber: text(60) }).nullish(),
  defaultAddress: z
    .object({ city: text().nullish(), countryCodeV2: z.string().nullish() })
    .nullish(),
  lastOrder: z.object({ id: z.string(), name: text(80) }).nullish(),
  createdAt: z.string(),
  updatedAt: z.string(),
};

const shape = z.object(customerShape);

/** A customer as our answers tell of it, with e-mail and phone masked unless `contact`. */
export function toCustomer(customer: z.output<typeof shape>, contact: boolean) {
  const email = customer.defaultEmailAddress?.emailAddress;
  const phone = customer.defaultPhoneNumber?.phoneNumber;
  return withoutEmpty({
    ...toIds(customer.id),
    name: customer.displayName,
    email: contact ? email : mask('email', email),
    phone: contact ? phone : mask('phone', phone),
    email_marketing: customer.defaultEmailAddress?.marketingState,
    state: customer.state,
    orders: Number(customer.numberOfOrders),
    spent: customer.amountSpent,
    city: customer.defaultAddress?.city,
    country: customer.defaultAddress?.countryCodeV2,
    last_order: customer.lastOrder?.name,
    tags: customer.tags,
    created_at: customer.createdAt,
    updated_at: customer.updatedAt,
  });
}

export const customerNode = (contact: boolean) =>
  shape.transform((customer) => toCustomer(customer, contact));

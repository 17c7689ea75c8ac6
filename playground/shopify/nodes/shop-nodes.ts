/** The shop's only currency. */
export const currency = 'EUR';
/** Where the shop is found, and its admin pages. */
export const shopDomain = 'lindenwares.myshopify.com';

const address = {
  __typename: 'ShopAddress',
  id: 'gid://shopify/ShopAddress/61000000003',
  city: 'Lindenburg',
  country: 'Germany',
  countryCodeV2: 'DE',
  zip: '10999',
};

/** `Shop`: UTC, so that its days are those of the other sources. */
export const shopNode = {
  __typename: 'Shop',
  id: 'gid://shopify/Shop/61000000001',
  name: 'Lindenwares',
  email: 'shop@lindenwares.example',
  contactEmail: 'hello@lindenwares.example',
  myshopifyDomain: shopDomain,
  primaryDomain: {
    __typename: 'Domain',
    id: 'gid://shopify/Domain/61000000002',
    host: 'shop.lindenwares.example',
    url: 'https://shop.lindenwares.example',
    sslEnabled: true,
  },
  url: 'https://shop.lindenwares.example',
  currencyCode: currency,
  enabledPresentmentCurrencies: [currency],
  ianaTimezone: 'Etc/UTC',
  timezoneAbbreviation: 'UTC',
  timezoneOffset: '+0000',
  timezoneOffsetMinutes: 0,
  unitSystem: 'METRIC_SYSTEM',
  weightUnit: 'KILOGRAMS',
  taxesIncluded: true,
  plan: {
    publicDisplayName: 'Basic',
    displayName: 'Basic',
    partnerDevelopment: false,
    shopifyPlus: false,
  },
  billingAddress: address,
  shopAddress: address,
  createdAt: '2024-11-01T08:00:00Z',
};

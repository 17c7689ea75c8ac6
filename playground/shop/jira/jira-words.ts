import type { TypeName } from './jira-site.ts';

/** What the web shop's team works on, by the part of the shop. */
export const shopWork: Record<string, [type: TypeName, summary: string][]> = {
  Checkout: [
    ['Bug', 'Coupon is taken off twice when the page is reloaded'],
    ['Bug', 'Postcode with a space is refused for GB'],
    ['Story', 'Checkout on one page'],
    ['Story', 'Pay by invoice for known customers'],
    ['Task', 'Measure how many leave the checkout at which step'],
    ['Bug', 'Total is one cent off with two coupons'],
    ['Story', 'Gift wrapping as a choice'],
    ['Task', 'Remove the old payment form'],
    ['Bug', '"Place order" can be clicked twice'],
    ['Story', 'Remember the last delivery address'],
  ],
  Catalogue: [
    ['Bug', 'Product images are stretched on phones'],
    ['Story', 'Reviews on the product page'],
    ['Task', 'Compress product images'],
    ['Bug', 'Discontinued products can still be put into the cart'],
    ['Story', 'Compare up to three products'],
    ['Bug', 'Category "Paper & Pens" shows &amp; in its title'],
    ['Task', 'Alternative texts for all images'],
    ['Story', 'Show how many are left when fewer than ten'],
    ['Bug', 'Sorting by price puts 99.00 after 100.00'],
  ],
  Search: [
    ['Story', 'Suggestions while typing'],
    ['Bug', 'Search for "blå" finds nothing'],
    ['Task', 'Nightly rebuild of the search index'],
    ['Bug', 'Search is slow on Mondays'],
    ['Story', 'Did-you-mean for misspelt words'],
    ['Bug', 'Filters are lost on the second page'],
    ['Story', 'Search by SKU'],
    ['Task', 'Log searches that find nothing'],
    ['Story', 'Search within a category'],
  ],
  Accounts: [
    ['Bug', 'Password mail lands in spam'],
    ['Story', 'Sign in with a code instead of a password'],
    ['Task', 'Delete accounts on request within 30 days'],
    ['Bug', 'Names with an apostrophe break the invoice'],
    ['Story', 'Order history with a button to order again'],
    ['Bug', 'Signed out after every deploy'],
    ['Task', 'Move session data to the new store'],
    ['Story', 'Newsletter settings in the account'],
    ['Bug', 'Names in Greek or Arabic are cut off on the label'],
    ['Task', 'Ask for consent before the first cookie'],
    ['Bug', 'Two accounts for one e-mail in capitals'],
  ],
};

export const epics = [
  ['Faster checkout', 'Checkout'],
  ['A catalogue that sells', 'Catalogue'],
  ['Search that finds', 'Search'],
  ['Accounts without passwords', 'Accounts'],
] as const;

export const operationsWork: [type: TypeName, summary: string, component: string][] = [
  ['Incident', 'Shop answers slowly for 20 minutes', 'Hosting'],
  ['Task', 'Renew the certificate of lindenwares.example', 'Hosting'],
  ['Task', 'Restore a backup as a drill', 'Hosting'],
  ['Incident', 'Label printer in the warehouse is down', 'Warehouse'],
  ['Task', 'Stocktaking of the tents', 'Warehouse'],
  ['Incident', 'Nightly export to the archive failed', 'Hosting'],
  ['Task', 'Second payment provider beside Quillpay', 'Payments'],
  ['Task', 'Move the logs to cheaper storage', 'Hosting'],
  ['Incident', 'Carrier Green Wheels does not collect', 'Warehouse'],
  ['Task', 'Reconcile payouts of last month', 'Payments'],
  ['Task', 'Raise the limit of database connections', 'Hosting'],
  ['Incident', 'Duplicate confirmation mails', 'Hosting'],
  ['Task', 'Clean up bins without stock', 'Warehouse'],
  ['Task', 'Alert when more than one payment in ten fails', 'Payments'],
];

/** What customers ask, with the order and the product in question. */
export const supportWork: [summary: string, text: string, label: string][] = [
  [
    'Wrong size in order {order}',
    '{email} got {sku} in the wrong size with order {order}.',
    'exchange',
  ],
  [
    'Invoice for order {order}',
    '{email} needs an invoice with a tax number for order {order}.',
    'invoice',
  ],
  [
    'Change the address of order {order}',
    '{email} moved and asks whether order {order} can go to the new address.',
    'address',
  ],
  ['Is {sku} coming back?', '{email} asks when {sku} can be bought again.', 'question'],
  [
    'Order {order} came without {sku}',
    '{email} received order {order}, but {sku} was not in the parcel.',
    'missing-item',
  ],
  [
    'Refund for order {order} has not arrived',
    '{email} waits for the money of order {order}.',
    'refund',
  ],
];

export const remarks = [
  'I can reproduce it on the test shop.',
  'Not as easy as it looked; I need another day.',
  'Deployed to the test shop, please have a look.',
  'Works for me now. Thank you!',
  'Same cause as last month, I think.',
  'Do we still want this?',
  'The log says nothing. I have added a line and wait.',
  'Talked to the team: we do the small version first.',
] as const;

/** Outside the usual: other scripts, quotation marks, mark-up that is none, a very long line. */
export const oddRemarks = [
  'カートが空になります。手順は上のとおりです。',
  'Der Kunde schreibt: "Ich hätt’ gern mein Geld zurück" – *dringend*',
  'Value was <b>null</b> | undefined ‖ \\n and 100 % _not_ expected',
] as const;

import { parquetWriteBuffer } from 'hyparquet-writer';
import { fromDateTime, minutes, startOfDay, toDate } from '../moment.ts';
import type { ShopOrder, ShopRecords } from '../shop-records.ts';
import { toCsv } from './csv.ts';
import type { ShopObject } from './s3-objects.ts';
import { toWindows1252 } from './to-windows-1252.ts';

/** An export and how many rows it has. */
interface Export extends ShopObject {
  rows: number;
}

/** What the shop writes out for its accountants: the same rows as in MySQL, in every shape that people use. */
export function toExports(records: ShopRecords, { today }: { today: Date }): ShopObject[] {
  const modified = new Date(startOfDay(today) + minutes(120));
  const exports = [
    ...toMonthlySales(records, modified),
    toCustomers(records, modified),
    toProducts(records, modified),
    toOrders(records, modified),
    toPreisliste(records, modified),
    toPriceList(records, modified),
  ];
  const described = exports.map(({ rows, ...object }) => ({
    ...object,
    metadata: { rows: String(rows), source: 'mysql/shop' },
    tags: { team: 'finance' },
  }));
  return [...described, toManifest(exports, modified)];
}

const emailsOf = ({ users }: ShopRecords) => new Map(users.map(({ id, email }) => [id, email]));

const salesColumns = ['id', 'customer', 'status', 'total', 'coupon_id', 'note', 'created_at'];

/** `sales/2026/06/sales-2026-06.csv`: a month's orders, written on the first of the next. */
function toMonthlySales(records: ShopRecords, now: Date): Export[] {
  const emails = emailsOf(records);
  const toRow = (order: ShopOrder) =>
    salesColumns.map((name) =>
      name === 'customer' ? (emails.get(order.user_id) ?? null) : (order[name] ?? null),
    );
  const months = Map.groupBy(records.orders, ({ created_at }) => created_at.slice(0, 7));
  return [...months].map(([month, orders]) => {
    const [year, number] = month.split('-');
    const written = Date.UTC(Number(year), Number(number), 1, 2);
    return {
      key: `sales/${year}/${number}/sales-${month}.csv`,
      body: toCsv(salesColumns, orders.map(toRow)),
      contentType: 'text/csv',
      modified: new Date(Math.min(written, now.getTime())),
      rows: orders.length,
    };
  });
}

const customerColumns = ['id', 'email', 'first_name', 'last_name', 'country', 'created_at'];

/** With the mark in front that makes spreadsheets read UTF-8. */
function toCustomers({ users }: ShopRecords, modified: Date): Export {
  const rows = users.map((user) => customerColumns.map((name) => user[name] ?? null));
  const body = `\ufeff${toCsv(customerColumns, rows)}`;
  return {
    key: 'customers/customers.csv',
    body,
    contentType: 'text/csv',
    modified,
    rows: rows.length,
  };
}

function toProducts({ products, categories }: ShopRecords, modified: Date): Export {
  const names = new Map(categories.map(({ id, name }) => [id, name]));
  const lines = products.map(
    ({ sku, name, price, stock, category_id, attributes, discontinued_at }) => ({
      sku,
      name,
      category: names.get(category_id),
      price: { amount: price, currency: 'EUR' },
      stock,
      attributes: JSON.parse(String(attributes ?? null)),
      on_sale: discontinued_at === null,
    }),
  );
  const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const contentType = 'application/x-ndjson';
  return { key: 'products/products.jsonl', body, contentType, modified, rows: lines.length };
}

/** All orders, for warehouses: a column each, money as decimals, moments as such. */
function toOrders(records: ShopRecords, modified: Date): Export {
  const { orders } = records;
  const emails = emailsOf(records);
  const body = parquetWriteBuffer({
    schema: [
      { name: 'orders', num_children: 6 },
      { name: 'id', type: 'INT32', repetition_type: 'REQUIRED' },
      { name: 'customer', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
      { name: 'status', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
      {
        name: 'total',
        type: 'INT32',
        converted_type: 'DECIMAL',
        precision: 9,
        scale: 2,
        repetition_type: 'REQUIRED',
      },
      { name: 'note', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
      {
        name: 'created_at',
        type: 'INT64',
        converted_type: 'TIMESTAMP_MILLIS',
        repetition_type: 'REQUIRED',
      },
    ],
    columnData: [
      { name: 'id', data: orders.map(({ id }) => id) },
      { name: 'customer', data: orders.map(({ user_id }) => emails.get(user_id) ?? '') },
      { name: 'status', data: orders.map(({ status }) => status) },
      { name: 'total', data: orders.map(({ total }) => Number(total)) },
      { name: 'note', data: orders.map(({ note }) => note) },
      {
        name: 'created_at',
        data: orders.map(({ created_at }) => new Date(fromDateTime(created_at))),
      },
    ],
  });
  const contentType = 'application/vnd.apache.parquet';
  return {
    key: 'orders/orders.parquet',
    body: new Uint8Array(body),
    contentType,
    modified,
    rows: orders.length,
  };
}

/** As an old spreadsheet in Germany writes it: semicolons, decimal commas, windows-1252. */
function toPreisliste({ products }: ShopRecords, modified: Date): Export {
  const rows = products.map(({ sku, name, price }) => [sku, name, `${price.replace('.', ',')} €`]);
  const body = toWindows1252(toCsv(['Artikel', 'Bezeichnung', 'Preis für Endkunden'], rows, ';'));
  const contentType = 'text/csv';
  return { key: 'pricelists/preisliste.csv', body, contentType, modified, rows: rows.length };
}

/** As a spreadsheet saves "Unicode text": tabs, UTF-16 with its mark. */
function toPriceList({ products }: ShopRecords, modified: Date): Export {
  const rows = products.map(({ sku, name, price }) => [sku, name, price]);
  const text = `\ufeff${toCsv(['sku', 'name', 'price_eur'], rows, '\t')}`;
  const body = Buffer.from(text, 'utf16le');
  const contentType = 'text/plain';
  return { key: 'pricelists/price-list.txt', body, contentType, modified, rows: rows.length };
}

function toManifest(exports: Export[], modified: Date): ShopObject {
  const files = exports.map(({ key, rows }) => ({ key, rows }));
  const body = `${JSON.stringify({ made: toDate(modified.getTime()), files }, null, 2)}\n`;
  return { key: 'manifest.json', body, contentType: 'application/json', modified };
}

import { type GraphQLResolveInfo, getDirectiveValues } from 'graphql';
import type { ShopifyStock, ShopifyVariant } from '../../shop/shopify/shopify-products.ts';
import { apiError } from '../api-error.ts';
import type { ApiContext } from '../context.ts';
import { fromGid, toGid } from '../global-id.ts';
import { inventoryItemNode, locationNode } from '../nodes/product-nodes.ts';
import type { Store } from '../store.ts';
import { type UserError, userError } from './user-error.ts';

interface Change {
  inventoryItemId: string;
  locationId: string;
  delta: number;
  changeFromQuantity?: number | null;
}

interface Input {
  name: string;
  reason: string;
  referenceDocumentUri?: string | null;
  changes: Change[];
}

/** An adjustment and what it meets. */
interface Target extends Change {
  variant: ShopifyVariant | undefined;
  stock: ShopifyStock | undefined;
}

/** From this version on a change says from what it starts, and carries a key. */
const strictSince = '2026-04';
const names = ['available', 'damaged', 'incoming', 'quality_control', 'reserved', 'safety_stock'];
const reasons =
  'correction, cycle_count_available, damaged, movement_canceled, movement_created, movement_received, movement_updated, other, promotion, quality_control, received, reservation_created, reservation_deleted, reservation_updated, restock, safety_stock, shrinkage';
const most = 1_000_000_000;

/** `inventoryAdjustQuantities`: all changes or none, and each idempotency key once. */
export function adjustInventory(
  args: Record<string, unknown>,
  context: ApiContext,
  info: GraphQLResolveInfo,
) {
  const input = args.input as Input;
  const key = keyOf(info);
  checkContract(input, key, context.version);
  const known = key === undefined ? undefined : context.answers.get(key);
  if (known?.input === JSON.stringify(input)) return known.answer;
  if (known)
    return refusal([
      userError(
        null,
        'The same idempotency key cannot be used with different operation parameters.',
        'IDEMPOTENCY_KEY_PARAMETER_MISMATCH',
      ),
    ]);
  const answer = adjust(input, context.store);
  if (key !== undefined) context.answers.set(key, { input: JSON.stringify(input), answer });
  return answer;
}

function keyOf({ schema, fieldNodes, variableValues }: GraphQLResolveInfo): string | undefined {
  const directive = schema.getDirective('idempotent');
  const [node] = fieldNodes;
  if (!directive || !node) return undefined;
  const values = getDirectiveValues(directive, node, variableValues);
  return values?.key === undefined ? undefined : String(values.key);
}

function checkContract({ changes }: Input, key: string | undefined, version: string): void {
  if (version < strictSince) return;
  if (key === undefined)
    throw apiError(
      'The @idempotent directive is required for this mutation but was not provided.',
      'BAD_REQUEST',
    );
  if (changes.some((change) => !('changeFromQuantity' in change)))
    throw apiError(
      'InventoryChangeInput must include the following argument: changeFromQuantity.',
      'INVALID_FIELD_ARGUMENTS',
    );
}

const refusal = (userErrors: UserError[]) => ({ inventoryAdjustmentGroup: null, userErrors });

function adjust(input: Input, store: Store) {
  const targets = input.changes.map((change): Target => {
    const variant = store.items.get(fromGid(change.inventoryItemId, 'InventoryItem'));
    const locationId = fromGid(change.locationId, 'Location');
    return {
      ...change,
      variant,
      stock: variant?.stock.find((each) => each.locationId === locationId),
    };
  });
  const faults = [
    ...faultsOf(input),
    ...targets.flatMap((each, at) => faultsOfTarget(each, at, input)),
  ];
  if (faults.length > 0) return refusal(faults);
  const changes = targets.flatMap((target) => toChanges(target, input.name, store));
  return {
    inventoryAdjustmentGroup: {
      __typename: 'InventoryAdjustmentGroup',
      id: toGid('InventoryAdjustmentGroup', store.nextId()),
      createdAt: store.now(),
      reason: input.reason,
      referenceDocumentUri: input.referenceDocumentUri ?? null,
      changes,
    },
    userErrors: [],
  };
}

function faultsOf({ name, reason }: Input): UserError[] {
  const faults: UserError[] = [];
  if (!names.includes(name))
    faults.push(
      userError(
        ['input', 'name'],
        `The specified quantity name is invalid. Valid values are: ${names.join(', ')}.`,
        'INVALID_QUANTITY_NAME',
      ),
    );
  if (!reasons.split(', ').includes(reason))
    faults.push(
      userError(
        ['input', 'reason'],
        `The specified reason is invalid. Valid values are: ${reasons}.`,
        'INVALID_REASON',
      ),
    );
  return faults;
}

function faultsOfTarget(target: Target, index: number, { name }: Input): UserError[] {
  const at = (field: string) => ['input', 'changes', String(index), field];
  if (!target.variant)
    return [
      userError(
        at('inventoryItemId'),
        'The specified inventory item could not be found.',
        'INVALID_INVENTORY_ITEM',
      ),
    ];
  if (!target.stock)
    return [
      userError(at('locationId'), 'The specified location could not be found.', 'INVALID_LOCATION'),
    ];
  const before = read(target.stock, name);
  const { changeFromQuantity: from, delta } = target;
  if (from !== undefined && from !== null && from !== before)
    return [
      userError(
        at('changeFromQuantity'),
        'The changeFromQuantity argument no longer matches the persisted quantity.',
        'CHANGE_FROM_QUANTITY_STALE',
      ),
    ];
  if (before + delta > most)
    return [
      userError(
        at('delta'),
        "The quantity can't be higher than 1,000,000,000.",
        'INVALID_QUANTITY_TOO_HIGH',
      ),
    ];
  return [];
}

const kept = ['available', 'incoming', 'reserved'] as const;
type Kept = (typeof kept)[number];
const isKept = (name: string): name is Kept => kept.some((each) => each === name);
const read = (stock: ShopifyStock, name: string) => (isKept(name) ? stock[name] : 0);

/** What is available is also on hand, so both change. */
function toChanges({ variant, stock, delta }: Target, name: string, store: Store) {
  if (!variant || !stock) return [];
  if (isKept(name)) stock[name] += delta;
  stock.updatedAt = store.now();
  const location = store.data.locations.find(({ id }) => id === stock.locationId);
  const common = {
    __typename: 'InventoryChange',
    delta,
    item: inventoryItemNode(store, variant),
    location: location ? locationNode(store, location) : null,
  };
  const change = { ...common, name, quantityAfterChange: read(stock, name) };
  return name === 'available'
    ? [change, { ...common, name: 'on_hand', quantityAfterChange: null }]
    : [change];
}

import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import {
  brokenConnection,
  emptyBody,
  failing,
  halfJson,
  rateLimited,
  webPage,
} from '../../../../playground/stand-in/fault.ts';
import { json } from '../json-answer.ts';
import type { Shop } from '../open-shop.ts';

const throttled = (requested: number, available: number, restoreRate: number) =>
  json({
    errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
    extensions: {
      cost: {
        requestedQueryCost: requested,
        actualQueryCost: null,
        throttleStatus: { maximumAvailable: 2000, currentlyAvailable: available, restoreRate },
      },
    },
  });

/** What happens when Shopify fails, throttles or is slow. */
export function failures(shop: () => Shop): void {
  describe('when Shopify fails', () => {
    it.each([
      ['a web page', webPage, /^UPSTREAM_ERROR: Shopify gave a web page/],
      ['half a JSON', halfJson, /^UPSTREAM_ERROR: Shopify gave half an answer/],
      ['nothing', emptyBody, /^UPSTREAM_ERROR: Shopify gave nothing/],
      ['JSON of another kind', json([1, 2]), /^UPSTREAM_ERROR: .*not known here/],
      ['no data and no error', json({}), /^UPSTREAM_ERROR: .*not known here/],
      ['data of another shape', json({ data: { orders: { edges: 7 } } }), /not known here/],
      [
        'a list past 1 MB',
        json({ data: { orders: { edges: Array(300_000).fill(1234) } } }),
        /^TOO_LARGE: .*a smaller limit/,
      ],
      [
        '9 MB of other things',
        json({ data: { orders: 'x'.repeat(9e6) } }),
        /^TOO_LARGE: .*fewer fields/,
      ],
      ['500', failing(500), /^UPSTREAM_ERROR: Shopify fails with status 500/],
      ['402', { status: 402, body: '{}' }, /the shop is frozen/],
      ['403', { status: 403, body: '{}' }, /^MISSING_PERMISSION/],
      ['404', { status: 404, body: '{}' }, /SHOPIFY_SHOP_URL/],
      ['423', { status: 423, body: '{}' }, /the shop is locked/],
      [
        'a redirect',
        { status: 302, headers: { location: 'https://evil.example/' } },
        /not followed/,
      ],
      [
        'an error in its own words',
        json({ errors: [{ message: 'Something\u202e odd.', path: ['orders'] }], data: null }),
        /^INVALID_ARGUMENT: Shopify refuses this: Something\s+odd \(at orders\)/,
      ],
      [
        'an internal error',
        json({ errors: [{ message: 'Internal error. Looks like something went wrong' }] }),
        /^UPSTREAM_ERROR: Shopify failed on this query/,
      ],
      [
        'a cost past the limit',
        json({
          errors: [
            { message: 'x', extensions: { code: 'MAX_COST_EXCEEDED', cost: 1840, maxCost: 1000 } },
          ],
        }),
        /^TOO_LARGE: the query costs 1840 points, more than 1000.*lower first/,
      ],
    ])('says so when it answers with %s, and goes on', async (_, fault, sentence) => {
      shop().standIn.fail(fault);
      expect(await shop().refusal('list_orders', { limit: 1 })).toMatch(sentence);
      expect(await shop().ask('list_orders', { limit: 1 })).toMatchObject({ count: 1 });
    });

    it.each([
      ['the connection breaks', brokenConnection],
      ['a proxy says 503', failing(503)],
      ['it takes no more requests for now', rateLimited(0)],
    ])('asks again when %s', async (_, fault) => {
      shop().standIn.fail(fault);
      expect(await shop().ask('list_orders', { limit: 1 })).toMatchObject({ count: 1 });
      expect(shop().sent()).toHaveLength(2);
    });

    it('does not send a change again, and says that nobody knows', async () => {
      const { items } = await shop().ask('list_products', { limit: 1 });
      const [{ handle }] = items as [{ handle: string }];
      const isChange = ({ body }: { body: Buffer }) => body.includes('mutation');
      shop().standIn.fail({ ...brokenConnection, when: isChange });
      shop().sent();
      const sentence = await shop().refusal('update_product', { product: handle, vendor: 'Neu' });
      expect(sentence).toMatch(/whether the change was made is not known.*looking at the record/s);
      expect(
        shop()
          .sent()
          .filter(({ query }) => query.startsWith('mutation')),
      ).toHaveLength(1);
    });
  });

  describe('when Shopify throttles', () => {
    it('waits for the points that are missing, and asks again', async () => {
      shop().standIn.fail({ ...throttled(100, 90, 50), times: 2 });
      expect(await shop().ask('list_orders', { limit: 1 })).toMatchObject({ count: 1 });
      const [first, second] = shop().standIn.requests.slice(-3);
      expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(195); // 10 points at 50 a second
    });

    it('gives up after three more tries, and says how many points there are', async () => {
      shop().standIn.fail({ ...throttled(101, 100, 100), times: 10 });
      expect(await shop().refusal('list_orders', { limit: 1 })).toMatch(
        /^RATE_LIMITED: .*takes 101 points, 100 of 2000 are left and 100 come back each second/,
      );
      expect(shop().sent()).toHaveLength(4);
    });

    it('stops waiting when the caller goes away', async () => {
      shop().standIn.fail({ ...throttled(2000, 0, 100), times: 10 });
      const stop = new AbortController();
      const call = shop().client.callTool({ name: 'list_orders', arguments: {} }, undefined, {
        signal: stop.signal,
      });
      const ended = expect(call).rejects.toThrow('gone');
      await sleep(100);
      stop.abort(new Error('gone'));
      await ended;
      await sleep(50);
      expect(shop().sent()).toHaveLength(1);
    });
  });

  it('hangs up in mid-call when the caller goes away', async () => {
    shop().standIn.fail({ delayMs: 10_000 });
    const stop = new AbortController();
    const call = shop().client.callTool({ name: 'list_orders', arguments: {} }, undefined, {
      signal: stop.signal,
    });
    const ended = expect(call).rejects.toThrow('gone');
    await expect.poll(() => shop().sent().length).toBe(1);
    stop.abort(new Error('gone'));
    await ended;
    await expect.poll(() => shop().standIn.requests.at(-1)?.aborted).toBe(true);
  });
}

import { days, startOfDay } from '../moment.ts';
import type { ShopRecords } from '../shop-records.ts';
import { shopStory } from '../story.ts';
import type { ShopObject } from './s3-objects.ts';
import { type Colour, toPng } from './to-png.ts';

const side = 48;
const white: Colour = [250, 250, 250];
const red: Colour = [190, 40, 50];
const green: Colour = [40, 120, 80];
const blue: Colour = [40, 80, 160];
const colours = [green, blue, red];

/**
 * Pictures, in a bucket that keeps versions: those of the first products, a new one of the product that comes back
 * most, a banner that was changed, and one that was changed and deleted.
 */
export function toMedia(records: ShopRecords, { today }: { today: Date }): ShopObject[] {
  const midnight = startOfDay(today);
  const at = (back: number) => new Date(midnight - days(back));
  const { returnedSku } = shopStory(records, { today });
  const products = records.products
    .slice(0, 12)
    .map(({ sku }, index) =>
      toPicture(`products/${sku}.png`, colours[index % colours.length] ?? green, at(60)),
    );
  return [
    ...products,
    ...(returnedSku ? [toPicture(`products/${returnedSku}.png`, red, at(5))] : []),
    toPicture('banners/winter-sale.png', blue, at(40)),
    toPicture('banners/winter-sale.png', red, at(12)),
    toPicture('banners/summer-sale.png', green, at(150)),
    toPicture('banners/summer-sale.png', red, at(120)),
    { key: 'banners/summer-sale.png', modified: at(80) },
  ];
}

const toPicture = (key: string, colour: Colour, modified: Date): ShopObject => ({
  key,
  body: toPng(side, [colour, white]),
  contentType: 'image/png',
  modified,
});

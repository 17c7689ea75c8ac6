import type { ImageSize } from './image-size.ts';

/** Slack makes these whatever the picture's size, and larger ones as long as they are no larger than the picture. */
const always = [64, 80, 160, 360];
const larger = [480, 720, 800, 960, 1024];

/** The fields of a file that tell of a picture. */
export type Thumbnails = { original_w: number; original_h: number } & Record<
  `thumb_${string}`,
  string | number
>;

/** The fields that tell of a picture's size and of smaller copies. The copies are the picture itself: nothing here scales. */
export function thumbnails(url: string, { width, height }: ImageSize): Thumbnails {
  const longest = Math.max(width, height, 1);
  const edges = [...always, ...larger.filter((edge) => edge <= longest)];
  const fields = edges.flatMap((edge): [`thumb_${string}`, string | number][] => {
    const scale = Math.min(1, edge / longest);
    const address = `${url}?thumb=${edge}`;
    if (edge < 360) return [[`thumb_${edge}`, address]];
    return [
      [`thumb_${edge}`, address],
      [`thumb_${edge}_w`, Math.round(width * scale)],
      [`thumb_${edge}_h`, Math.round(height * scale)],
    ];
  });
  return { original_w: width, original_h: height, ...Object.fromEntries(fields) };
}

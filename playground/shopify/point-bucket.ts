/** How many points an app has and gets back: 2,000 and 100 a second on Shopify's Standard plan. */
export interface PointLimits {
  maximum: number;
  /** Points a second. */
  restoreRate: number;
}

/** `extensions.cost.throttleStatus`. */
export interface ThrottleStatus {
  maximumAvailable: number;
  currentlyAvailable: number;
  restoreRate: number;
}

/** A leaky bucket of points, full at first. */
export interface PointBucket {
  /** Takes the points, or nothing where there are too few. */
  take(points: number): boolean;
  /** Gives back what a query did not need. */
  giveBack(points: number): void;
  status(): ThrottleStatus;
}

/** Opens a bucket that fills as time goes by. */
export function openPointBucket({ maximum, restoreRate }: PointLimits): PointBucket {
  let available = maximum;
  let at = Date.now();
  function refill(points = 0): void {
    const now = Date.now();
    available = Math.min(maximum, available + points + ((now - at) / 1000) * restoreRate);
    at = now;
  }
  return {
    take(points) {
      refill();
      if (points > available) return false;
      available -= points;
      return true;
    },
    giveBack: refill,
    status() {
      refill();
      return {
        maximumAvailable: maximum,
        currentlyAvailable: Math.floor(available),
        restoreRate,
      };
    },
  };
}

/** A point of the plot: cost to the right, score upwards. */
export interface Placed {
  readonly x: number;
  readonly score: number;
}

/**
 * The points that no other beats: none costs as little and scores higher, or costs less and scores as high.
 * Cheapest first; points that are equal in both stand together.
 */
export function paretoFront<P extends Placed>(points: readonly P[]): readonly P[] {
  const front: P[] = [];
  for (const point of [...points].sort((a, b) => a.x - b.x || b.score - a.score)) {
    const best = front.at(-1);
    if (!best || point.score > best.score || (point.score === best.score && point.x === best.x)) front.push(point);
  }
  return front;
}

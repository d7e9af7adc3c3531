/** A measured figure with its bar. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  /** The unit; for a ratio, its peer: `× Prism`. */
  readonly unit: string;
  /** The bar: the most or the least that it may be. */
  readonly most?: number;
  readonly least?: number;
  /** The middle half of the rounds, where there were several. */
  readonly spread?: readonly [number, number];
}

/** The results of a bench: figures, and a sentence for each broken promise that has no figure. */
export type Found = readonly (Figure | string)[];

export const outcomes = ["held", "missed", "too wide to judge"] as const;
export type Outcome = (typeof outcomes)[number];

/** Whether a bar is held. Undecided if the middle half of the rounds disagrees. */
export function outcomeOf({
  value,
  most = Number.POSITIVE_INFINITY,
  least = Number.NEGATIVE_INFINITY,
  spread,
}: Figure): Outcome {
  const isHeld = (it: number) => it <= most && it >= least;
  if (spread !== undefined && isHeld(spread[0]) !== isHeld(spread[1])) return "too wide to judge";
  return isHeld(value) ? "held" : "missed";
}

/**
 * The ratio to a peer of what was measured in turns with it: the median over the rounds of each round's own ratio, so that a machine that
 * changes its speed half-way changes both.
 */
export function ratioOf(
  what: string,
  peer: string,
  { own, others }: { readonly own: readonly number[]; readonly others: readonly number[] },
  bar: Pick<Figure, "most" | "least">,
): Figure {
  const ratios = own.map((it, round) => it / (others[round] ?? Number.NaN)).filter(Number.isFinite);
  const spread = [quantile(ratios, 0.25), quantile(ratios, 0.75)] as const;
  return { what, value: quantile(ratios, 0.5), unit: `× ${peer}`, spread, ...bar };
}

/** The value below which this share of the values lies, interpolated. NaN if there are no values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below === undefined || above === undefined ? Number.NaN : below + (above - below) * (place % 1);
}

/** What is taxed at a rate, and the tax on it, in minor units: the sums of what lines say. */
export interface TaxOfRate {
  /** Basis points. */
  readonly rate: number;
  readonly net: number;
  readonly tax: number;
}

/** The tax of lines rate by rate, the lowest first; nothing is rounded here, each line was. */
export const taxesByRate = (
  lines: readonly { readonly taxRate: number; readonly net: number; readonly tax: number }[],
): readonly TaxOfRate[] =>
  [...Map.groupBy(lines, ({ taxRate }) => taxRate)]
    .map(([rate, own]) => ({
      rate,
      net: own.reduce((sum, { net }) => sum + net, 0),
      tax: own.reduce((sum, { tax }) => sum + tax, 0),
    }))
    .toSorted((one, other) => one.rate - other.rate);

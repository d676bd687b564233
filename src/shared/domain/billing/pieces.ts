/** Notes and coins in circulation, the largest first, in minor units of their currency. */
const known: Readonly<Record<string, readonly number[]>> = {
  RWF: [5000, 2000, 1000, 500, 100, 50, 20, 10, 5],
  UGX: [50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50],
  BIF: [10_000, 5000, 2000, 1000, 500, 100, 50, 10],
  KES: [100_000, 50_000, 20_000, 10_000, 5000, 4000, 2000, 1000, 500, 100],
  TZS: [1_000_000, 500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5000],
  XAF: [10_000, 5000, 2000, 1000, 500, 100, 50, 25, 10, 5, 2, 1],
  XOF: [10_000, 5000, 2000, 1000, 500, 250, 200, 100, 50, 25, 10, 5, 1],
  USD: [10_000, 5000, 2000, 1000, 500, 200, 100, 50, 25, 10, 5, 1],
  EUR: [50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  GBP: [5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  CHF: [100_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5],
  BHD: [20_000, 10_000, 5000, 1000, 500, 100, 50, 25, 10, 5],
};

/** The pieces cash of a currency is counted by; empty where they are not known, and a sum is counted. */
export const piecesOf = (currency: string): readonly number[] => known[currency] ?? [];

export interface CountedPiece {
  /** One of {@link piecesOf}. */
  readonly value: number;
  readonly count: number;
}

/** What pieces are worth together. */
export const sumOfPieces = (pieces: readonly CountedPiece[]): number =>
  pieces.reduce((sum, { value, count }) => sum + value * count, 0);

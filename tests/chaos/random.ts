import { v4 } from 'uuid';
import { seeded } from '#tests/support/sync-faults.ts';

/** Choices that are the same for the same seed. */
export interface Random {
  /** From 0 up to 1. */
  next(): number;
  /** A whole number from `low` to `high`, both possible. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** A stream of its own, so that one more choice here changes nothing there. */
  fork(label: string): Random;
  /** Sixteen bytes. */
  bytes(): Uint8Array;
}

/** FNV-1a, 32 bits. */
export const hash32 = (text: string, start = 0x811c9dc5): number => {
  let hash = start;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return hash;
};

export const createRandom = (seed: number): Random => {
  const next = seeded(seed);
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: <T>(items: readonly T[]): T => {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    fork: (label) => createRandom(hash32(label, (seed ^ 0x9e3779b9) >>> 0)),
    bytes: () => Uint8Array.from({ length: 16 }, () => between(0, 255)),
  };
};

export const newUuid = (random: Random): string => v4({ random: random.bytes() });

import type { Random } from './random.ts';
import { noFaults, type WireFaults } from './wire.ts';

/** What one seed tries: some of the faults, not all, so that each is also met without the others. */
export interface Profile {
  readonly desks: number;
  /** Workstations that begin without a copy. */
  readonly blank: number;
  /** How long people work and faults happen, in milliseconds. */
  readonly span: number;
  /** Milliseconds between two acts at one workstation, about. */
  readonly pace: number;
  readonly wire: WireFaults;
  /** Milliseconds between two such events, about; null: never. */
  readonly deaths: number | null;
  readonly powerCuts: boolean;
  readonly outages: number | null;
  readonly centreCrashes: number | null;
  readonly restores: number | null;
  readonly diskTroubles: number | null;
  readonly clockJumps: number | null;
  readonly nights: number | null;
  readonly administrator: number | null;
  readonly largeTransactions: boolean;
  readonly suspensions: number | null;
  /** Workstations stand at sites and hold what belongs there. */
  readonly scoped: boolean;
  /** Files are damaged while the workstation is off. */
  readonly damage: boolean;
  /** When a workstation's data folder is copied, about; null: never. */
  readonly copies: number | null;
  /** A copy takes the place of the folder it was made of, and not of another computer's. */
  readonly putsBack: boolean;
  /** Somebody enrols a workstation anew that has stopped as a copy. */
  readonly enrolsAnew: boolean;
}

const minute = 60_000;

const wireOf = (random: Random): WireFaults => {
  if (random.chance(0.15)) return noFaults;
  const some = (most: number) => (random.chance(0.5) ? random.next() * most : 0);
  return {
    cutBefore: some(0.1),
    cutAfter: some(0.12),
    late: some(0.08),
    twice: some(0.1),
    slow: some(0.1),
    halfOpen: some(0.04),
    refused: some(0.1),
    garbled: some(0.02),
    notifyLost: some(0.7),
    notifyTwice: some(0.3),
    notifyLate: some(0.3),
    deaf: some(0.1),
  };
};

export const profileOf = (random: Random): Profile => {
  const sometimes = (probability: number, low: number, high: number) =>
    random.chance(probability) ? random.between(low, high) : null;
  const desks = random.pick([2, 2, 3, 3, 4]);
  const profile = {
    desks,
    blank: random.chance(0.25) ? random.between(1, desks - 1) : 0,
    span: random.between(0.5 * minute, 1.8 * minute),
    pace: random.between(3_000, 10_000),
    wire: wireOf(random),
    deaths: sometimes(0.5, 15_000, 90_000),
    powerCuts: random.chance(0.5),
    outages: sometimes(0.4, 20_000, 90_000),
    centreCrashes: sometimes(0.3, 30_000, 120_000),
    restores: sometimes(0.15, 30_000, 120_000),
    diskTroubles: sometimes(0.2, 30_000, 120_000),
    clockJumps: sometimes(0.5, 10_000, 60_000),
    nights: sometimes(0.15, 40_000, 120_000),
    administrator: sometimes(0.5, 10_000, 60_000),
    largeTransactions: random.chance(0.2),
    suspensions: sometimes(0.1, 30_000, 90_000),
    scoped: random.chance(0.3),
    damage: random.chance(0.25),
  };
  const copies = sometimes(0.25, 5_000, 60_000);
  const putsBack = random.chance(0.5);
  // What a copy had sent and a restored centre forgot, nobody sends again: docs/sync-protocol.md, "A copied workstation".
  return {
    ...profile,
    copies: profile.restores === null ? copies : null,
    putsBack,
    enrolsAnew: random.chance(0.7),
  };
};

import type { FeatureDeps } from '#main/core/deps.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { PossibleDuplicate } from '#shared/contract/patient-merge.ts';
import { compare, likelySame } from '#shared/domain/patients/likeness.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { linksOf, registeredBetween } from './merge-repository.ts';
import { type PatientRow, patientsById } from './repository.ts';
import { alikeInSteps, personsById } from './similar.ts';
import { patientSummaries } from './view.ts';

const day = 86_400_000;
/** Who was registered longer ago has been looked at. */
const span = 30 * day;
/** A page ends after so many pairs, or so many registrations without enough of them. */
const page = { pairs: 30, registrations: 300, atOnce: 25 } as const;
/** Another record may have come to look like one that did not change. */
const lasts = 10 * 60_000;

interface Looked {
  /** What was compared: when it changes, the answer is of no use. */
  readonly person: string;
  readonly at: number;
  readonly alike: readonly string[];
}

/** Lets screens and the synchronisation have their turn. */
const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const pairKey = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

const olderFirst = (a: PatientRow, b: PatientRow): readonly [PatientRow, PatientRow] =>
  a.created_at < b.created_at || (a.created_at === b.created_at && a.id < b.id) ? [a, b] : [b, a];

/**
 * Finds pairs of records that are likely one person among those registered lately. Each is looked for once and again
 * when it changes or some minutes have passed, and in steps, so that asking again after every change costs little and
 * nothing waits for it.
 */
export const createDuplicateFinder = (deps: FeatureDeps) => {
  const { store, clock } = deps;
  const looked = new Map<string, Looked>();

  const alikeIds = async (row: PatientRow): Promise<readonly string[]> => {
    const compared = personsById(store, [row.id]).get(row.id);
    if (compared === undefined) return [];
    const person = JSON.stringify(compared);
    const now = clock.now();
    const known = looked.get(row.id);
    if (known?.person === person && now - known.at < lasts) return known.alike;
    const found = await alikeInSteps(store, compared, likelySame, pause);
    const alike = found.map(({ id }) => id).filter((id) => id !== row.id);
    looked.set(row.id, { person, at: now, alike });
    return alike;
  };

  /** As the records are now: what was found before may have changed, been merged, or been said to be two persons. */
  const pairsOf = (row: PatientRow, others: readonly string[], apart: ReadonlySet<string>) => {
    if (others.length === 0) return [];
    const persons = personsById(store, [row.id, ...others]);
    const own = persons.get(row.id);
    return patientsById(store, others)
      .filter((other) => other.merged_into === null && !apart.has(pairKey(row.id, other.id)))
      .flatMap((other) => {
        const person = persons.get(other.id);
        if (own === undefined || person === undefined) return [];
        return [{ rows: olderFirst(row, other), ...compare(own, person) }];
      })
      .filter(({ score }) => score >= likelySame);
  };

  const forgetOld = (): void => {
    const now = clock.now();
    for (const [id, { at }] of looked) if (now - at >= lasts) looked.delete(id);
  };

  const shown = (pairs: readonly ReturnType<typeof pairsOf>[number][]): PossibleDuplicate[] => {
    const rows = pairs.flatMap(({ rows: [left, right] }) => [left, right]);
    const summaries = patientSummaries(store, rows);
    return pairs.flatMap(({ rows: [, right], score, reasons }, index) => {
      const [left, other] = summaries.slice(index * 2, index * 2 + 2);
      if (left === undefined || other === undefined) return [];
      return [{ left, right: other, score, reasons: [...reasons], registeredAt: right.created_at }];
    });
  };

  return async ({
    before,
  }: Parsed<'patients.possibleDuplicates'>): Promise<Output<'patients.possibleDuplicates'>> => {
    forgetOld();
    const now = clock.now();
    const pairs = new Map<string, ReturnType<typeof pairsOf>[number]>();
    let at: string | null = before;
    for (let seen = 0; seen < page.registrations && pairs.size < page.pairs; ) {
      // A clock may have been ahead.
      const within = { since: now - span, until: now + day, before: at };
      const rows = registeredBetween(store, within, page.atOnce);
      const alike = new Map<string, readonly string[]>();
      for (const row of rows) alike.set(row.id, await alikeIds(row));
      const ids = [...rows.map(({ id }) => id), ...[...alike.values()].flat()];
      const apart = new Set(linksOf(store, ids).map((link) => pairKey(link.patient_id, link.other_id)));
      for (const row of rows)
        for (const pair of pairsOf(row, alike.get(row.id) ?? [], apart))
          pairs.set(pairKey(pair.rows[0].id, pair.rows[1].id), pair);
      seen += rows.length;
      at = rows.at(-1)?.id ?? null;
      if (rows.length < page.atOnce) {
        at = null;
        break;
      }
      await pause();
    }
    return { pairs: shown([...pairs.values()]), next: at as PatientId | null };
  };
};

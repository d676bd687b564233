import type { FormOf } from '#shared/contract/drafts.ts';
import type { NewResult, ReportView } from '#shared/contract/orders.ts';
import { analyteOf, type TestKey, testOf } from '#shared/domain/orders/catalogue.ts';

/** A result as it is being typed. */
export type EntryDraft = FormOf<'result'>;

interface Start {
  readonly now: { readonly day: string; readonly time: string };
  readonly test: TestKey | null;
  readonly display: string;
  readonly corrected: ReportView | null;
  /** The wall time of an instant at the site. */
  readonly wallTime: (instant: string) => string;
}

/** What a sheet begins with: nothing, or all of the report that is corrected. */
export const startDraft = ({ now, test, display, corrected, wallTime }: Start): EntryDraft => {
  const at = corrected === null ? null : wallTime(corrected.effectiveAt);
  const values = corrected?.values ?? [];
  const named = (pick: (value: (typeof values)[number]) => string | null) =>
    Object.fromEntries(
      values.flatMap((value) => {
        const picked = pick(value);
        return value.analyte === null || picked === null ? [] : [[value.analyte, picked] as const];
      }),
    );
  return {
    test: corrected?.test ?? test,
    display: corrected?.display ?? display,
    texts: named(({ value, valueText, comparator }) => `${comparator ?? ''}${value ?? valueText ?? ''}`),
    units: named(({ unit }) => unit),
    conclusion: corrected?.conclusion ?? '',
    performer: corrected?.performer ?? '',
    day: at?.slice(0, 10) ?? now.day,
    time: at?.slice(11, 16) ?? now.time,
    flag: corrected?.flag ?? null,
  };
};

/** The unit a value is typed in: the chosen one, else the first. */
export const unitFor = (draft: EntryDraft, key: string): string | null => {
  const analyte = analyteOf(key);
  return analyte?.kind === 'number' ? (draft.units[key] ?? analyte.units[0].unit) : null;
};

/** The values of a draft in the order of its test. */
export const valuesIn = (draft: EntryDraft): NewResult['values'] => {
  const keys: readonly string[] = draft.test === null ? [] : (testOf(draft.test)?.analytes ?? []);
  return keys.map((analyte) => ({
    analyte,
    text: draft.texts[analyte] ?? '',
    unit: unitFor(draft, analyte),
  }));
};

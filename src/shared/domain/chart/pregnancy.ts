import { addDays } from '#shared/kernel/calendar.ts';

/** LOINC of whether a patient is pregnant and of the estimated day of delivery. */
export const pregnancyCodes = { status: '82810-3', due: '11778-8' } as const;

/** The answers LOINC lists for 82810-3, LL4129-4; charts of other systems write the words. */
const answers: Readonly<Record<string, boolean>> = {
  'LA15173-0': true,
  'LA26683-5': false,
  pregnant: true,
  'not pregnant': false,
};

/** A pregnancy said so many days ago is over, or somebody has said when it ends: 42 weeks. */
const atMostDays = 294;
/** After the estimated day, a pregnancy may go on for so long. */
const overdueDays = 21;

/** What an observation said, and the day it was made. */
export interface PregnancyFact {
  readonly code: string;
  readonly value: string | null;
  readonly day: string;
}

export interface Pregnancy {
  readonly pregnant: boolean;
  /** The day it was said. */
  readonly day: string;
  /** The estimated day of delivery, when that is known. */
  readonly due: string | null;
}

/**
 * Whether a patient is pregnant on `today`, from what was observed, the latest first; null when nothing said still tells.
 * A day of delivery given without a status means pregnant, and a status after it holds.
 */
export const pregnancyOn = (facts: readonly PregnancyFact[], today: string): Pregnancy | null => {
  const due = facts.find(
    ({ code, value }) => code === pregnancyCodes.due && /^\d{4}-\d{2}-\d{2}/.test(value ?? ''),
  );
  const said = facts.find(
    ({ code, value }) => code === pregnancyCodes.status && answers[answerOf(value)] !== undefined,
  );
  const dueDay = due?.value?.slice(0, 10) ?? null;
  const isCarried = dueDay !== null && addDays(dueDay, overdueDays) >= today;
  if (said !== undefined && (due === undefined || said.day >= due.day)) {
    const pregnant = answers[answerOf(said.value)] === true;
    const tells = addDays(said.day, atMostDays) >= today;
    // "Not pregnant" of long ago tells nothing of today.
    if (!pregnant) return tells ? { pregnant, day: said.day, due: null } : null;
    if (dueDay !== null && isCarried) return { pregnant, day: said.day, due: dueDay };
    return tells && dueDay === null ? { pregnant, day: said.day, due: null } : null;
  }
  return due !== undefined && isCarried ? { pregnant: true, day: due.day, due: dueDay } : null;
};

const answerOf = (value: string | null): string => {
  const text = (value ?? '').trim();
  return text.startsWith('LA') ? text : text.toLowerCase();
};

/** Whether it matters that nobody has said: of whom could be, from 10 to 55 years of age (WHO counts 15 to 49, and some are earlier or later). */
export const mayBePregnant = (gender: string, years: number | null): boolean =>
  gender !== 'male' && (years === null || (years >= 10 && years <= 55));

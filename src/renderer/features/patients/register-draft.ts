import { create } from 'zustand';
import type { PatientFormValues } from './patient-form.ts';

interface Drafts {
  readonly byUser: Readonly<Record<string, PatientFormValues>>;
  keep(userId: string, values: PatientFormValues): void;
  drop(userId: string): void;
}

/**
 * What was typed into a registration that is not saved yet, per user. It is kept in memory only: patient data is not
 * written anywhere but into the encrypted database.
 */
export const useRegisterDrafts = create<Drafts>()((set) => ({
  byUser: {},
  keep: (userId, values) => set(({ byUser }) => ({ byUser: { ...byUser, [userId]: values } })),
  drop: (userId) =>
    set(({ byUser }) => {
      const { [userId]: _, ...others } = byUser;
      return { byUser: others };
    }),
}));

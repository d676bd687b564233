import { useEffect, useRef, useState } from 'react';
import { create } from 'zustand';
import { useCurrentUser } from '#renderer/client/session.ts';
import type { PatientFormValues } from './patient-form.ts';
import type { PatientForm } from './usePatientForm.ts';

interface Drafts {
  readonly byKey: ReadonlyMap<string, Partial<PatientFormValues>>;
  put(key: string, values: Partial<PatientFormValues> | null): void;
}

/** Fields that were changed and not saved, per user and patient. In memory only, as for registrations. */
const useDrafts = create<Drafts>()((set) => ({
  byKey: new Map(),
  put: (key, values) =>
    set(({ byKey }) => {
      const next = new Map(byKey);
      if (values) next.set(key, values);
      else next.delete(key);
      return { byKey: next };
    }),
}));

/** What one did not touch is left out: by the time the draft comes back, others may have changed it. */
const changesIn = (form: PatientForm): Partial<PatientFormValues> => {
  const shown = form.formState.defaultValues;
  return Object.fromEntries(
    Object.entries(form.getValues()).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(shown?.[name as keyof PatientFormValues]),
    ),
  );
};

/** Brings back what was typed for this patient before, and keeps it when the sheet closes unsaved. */
export function useEditDraft(patientId: string, form: PatientForm) {
  const key = `${useCurrentUser()?.id ?? ''} ${patientId}`;
  const put = useDrafts((state) => state.put);
  const [draft] = useState(() => useDrafts.getState().byKey.get(key));
  const [restored, setRestored] = useState(draft !== undefined);
  const settled = useRef(false);
  const { isDirty } = form.formState;
  const dirty = useRef(isDirty);
  dirty.current = isDirty;
  useEffect(() => {
    if (draft) form.reset({ ...form.getValues(), ...draft }, { keepDefaultValues: true });
  }, [draft, form]);
  useEffect(
    () => () => {
      if (dirty.current && !settled.current) put(key, changesIn(form));
    },
    [form, key, put],
  );
  const clear = () => {
    put(key, null);
    setRestored(false);
  };
  /** Saved: closing keeps nothing. */
  const finish = () => {
    settled.current = true;
    clear();
  };
  return { restored, clear, finish };
}

import { useEffect, useRef, useState } from 'react';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { useCurrentUser } from '#renderer/client/session.ts';
import { errorText, fieldText } from '#renderer/ui/error-text.ts';
import { patientName } from '#renderer/ui/format.ts';
import { printPath } from '#renderer/ui/print-paths.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PatientView } from '#shared/contract/patients.ts';
import { isTyped } from './particulars-form.ts';
import { emptyPatientForm, formFromSearch } from './patient-form.ts';
import { useRegisterDrafts } from './register-draft.ts';
import { type PatientForm, showFieldErrors, usePatientForm } from './usePatientForm.ts';

export interface Registration {
  readonly form: PatientForm;
  /** Somebody looks alike: the next submit says it is another person. */
  readonly alike: boolean;
  readonly saving: boolean;
  /** A failure that belongs to no field, in words. */
  readonly failure: string | null;
  readonly restored: boolean;
  submit(): void;
  clear(): void;
}

/** Keeps the draft when the form goes away unsaved: closed by mistake, or left to look at somebody alike. */
function useDraft(form: PatientForm, userId: string, saved: { readonly current: boolean }) {
  const keep = useRegisterDrafts((state) => state.keep);
  useEffect(
    () => () => {
      const values = form.getValues();
      const { particulars, ...details } = values;
      const typed =
        Object.values(details).some((value) => value.trim() !== '') ||
        isTyped(particulars, emptyPatientForm.particulars);
      if (typed && !saved.current) keep(userId, values);
    },
    [form, keep, userId, saved],
  );
}

/** Registering: the draft, the fields, and the question about people who look alike. */
export function useRegister(initialText: string, onDone: (patient: PatientView) => void): Registration {
  const { t } = useTranslation();
  const format = useFormat();
  const userId = useCurrentUser()?.id ?? '';
  const [, navigate] = useLocation();
  const drafts = useRegisterDrafts();
  const [draft] = useState(() => (initialText ? undefined : drafts.byUser[userId]));
  const [restored, setRestored] = useState(draft !== undefined);
  const form = usePatientForm(draft ?? formFromSearch(initialText, format.today()));
  const register = useCommand('patients.register');
  const [failure, setFailure] = useState<string | null>(null);
  const saved = useRef(false);
  const identity = useWatch({ control: form.control, name: ['family', 'given', 'birthText', 'phone'] }).join(
    '\n',
  );
  const [askedAbout, setAskedAbout] = useState<string | null>(null);
  // Once another name is typed, the question is asked anew.
  const alike = askedAbout === identity;
  useDraft(form, userId, saved);

  const submit = form.handleSubmit(async (details) => {
    if (register.isPending) return;
    setFailure(null);
    try {
      const patient = await register.mutateAsync({ ...details, notADuplicate: alike });
      saved.current = true;
      drafts.drop(userId);
      toast(t('patients.registeredToast', { name: patientName(patient), mrn: patient.mrn }), {
        next: {
          label: t('printing.toLabel'),
          keys: 'mod+p',
          run: () => navigate(printPath.patient(patient.id, 'label')),
        },
      });
      onDone(patient);
    } catch (caught) {
      if (isDuplicate(caught)) setAskedAbout(identity);
      else if (!showFieldErrors(form, caught, (problem) => fieldText(t, problem)))
        setFailure(errorText(t, caught));
    }
  });
  const clear = () => {
    drafts.drop(userId);
    form.reset({ ...emptyPatientForm });
    form.setFocus('family');
    setRestored(false);
  };
  return { form, alike, saving: register.isPending, failure, restored, submit: () => void submit(), clear };
}

const isDuplicate = (caught: unknown): boolean =>
  caught instanceof AppErrorException && caught.error.code === 'duplicate';

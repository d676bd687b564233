import { type FieldErrors, type FieldPath, set, type UseFormReturn, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { AppErrorException } from '#renderer/client/client.ts';
import { fieldText } from '#renderer/ui/error-text.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PatientView } from '#shared/contract/patients.ts';
import {
  checkPatientForm,
  emptyPatientForm,
  type PatientFormOutput,
  type PatientFormValues,
} from './patient-form.ts';

export type PatientForm = UseFormReturn<PatientFormValues, unknown, PatientFormOutput>;

/** The form of a patient; submitting gives checked details. `before` is the patient being edited. */
export function usePatientForm(initial: PatientFormValues, before?: PatientView): PatientForm {
  const { t } = useTranslation();
  const format = useFormat();
  return useForm<PatientFormValues, unknown, PatientFormOutput>({
    defaultValues: { ...initial },
    mode: 'onSubmit',
    reValidateMode: 'onChange',
    resolver: (values) => {
      const checked = checkPatientForm(values, {
        today: format.today(),
        locale: format.locale,
        before,
        shown: before === undefined ? emptyPatientForm.particulars : initial.particulars,
      });
      if (checked.ok) return { values: checked.details, errors: {} };
      const errors: FieldErrors<PatientFormValues> = {};
      for (const [path, problem] of Object.entries(checked.problems))
        set(errors, path, { type: problem, message: fieldText(t, problem ?? 'invalid') });
      return { values: {}, errors };
    },
  });
}

const isField = (path: string): path is FieldPath<PatientFormValues> =>
  path in emptyPatientForm || path.startsWith('particulars.');

/** Puts what the workstation found wrong at the fields. False when it named none: tell it elsewhere. */
export function showFieldErrors(
  form: PatientForm,
  failure: unknown,
  say: (problem: string) => string,
): boolean {
  const fields = failure instanceof AppErrorException ? failure.error.fields : undefined;
  const known = Object.entries(fields ?? {}).flatMap(([path, problem]) => {
    const name = path.replace(/^details\./, '');
    if (name === 'birthDate') return [['birthText', `birth-${problem}`] as const];
    return isField(name) ? [[name, problem] as const] : [];
  });
  known.forEach(([field, problem], index) => {
    form.setError(field, { type: problem, message: say(problem) }, { shouldFocus: index === 0 });
  });
  return known.length > 0;
}

import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { errorText, fieldText } from '#renderer/ui/error-text.ts';
import { patientName } from '#renderer/ui/format.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useSheetKeys } from '#renderer/ui/keys/useKeys.ts';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import type { PatientParticulars, PatientView } from '#shared/contract/patients.ts';
import type { PatientDetails } from '#shared/domain/patients/patient.ts';
import { useEditDraft } from './edit-draft.ts';
import { PatientFields } from './PatientFields.tsx';
import { isTyped } from './particulars-form.ts';
import { formOf } from './patient-form.ts';
import classes from './RegisterSheet.module.css';
import { showFieldErrors, usePatientForm } from './usePatientForm.ts';

interface EditProps {
  readonly patient: PatientView;
  readonly particulars: PatientParticulars;
  readonly onClose: () => void;
}

/** Changes a patient beside the page. The undo puts the former details back. */
export function EditSheet({ patient, particulars, onClose }: EditProps) {
  const { t } = useTranslation();
  // The details may change underneath while one types; what is edited is what one saw on opening.
  const [before, setBefore] = useState(patient);
  const [known] = useState(particulars);
  const form = usePatientForm(formOf(before, known), before);
  const update = useCommand('patients.update');
  const [failure, setFailure] = useState<string | null>(null);
  const { restored, clear, finish } = useEditDraft(before.id, form);

  const submit = form.handleSubmit(async ({ particulars: changes, ...details }) => {
    if (update.isPending) return;
    setFailure(null);
    try {
      const { id } = before;
      const was = detailsOf(before);
      const after = await update.mutateAsync({ id, details, was, particulars: changes });
      finish();
      const saved = detailsOf(after);
      const undo = () =>
        update.mutateAsync({ id, details: withoutChanges(saved, was, details), was: saved }).then(
          () => toast(t('patients.undoneToast', { name: patientName(before) })),
          (failed: unknown) => toast(errorText(t, failed), { tone: 'problem' }),
        );
      // What was added stands by itself: it is taken back by removing it, with a reason.
      const changed = isTyped(form.getValues('particulars'), formOf(before, known).particulars);
      toast(t('patients.savedToast', { name: patientName(after) }), changed ? {} : { undo });
      onClose();
    } catch (caught) {
      if (isChangedMeanwhile(caught)) {
        // What one did not touch follows the new state; what one typed stays, and saving again means it.
        setBefore(patient);
        const { particulars: typed } = form.getValues();
        form.reset({ ...formOf(patient, known), particulars: typed }, { keepDirtyValues: true });
      }
      if (!showFieldErrors(form, caught, (problem) => fieldText(t, problem)))
        setFailure(errorText(t, caught));
    }
  });
  useSheetKeys(t('patients.editTitle'), [
    { keys: 'mod+Enter', label: t('patients.keys.save'), run: () => void submit(), inFields: true },
  ]);
  return (
    <SideSheet
      title={t('patients.editTitle')}
      onClose={onClose}
      footer={
        <div className={classes.save}>
          <Button
            type="submit"
            form="edit-patient"
            loading={update.isPending}
            rightSection={<KeyHint keys="mod+Enter" quiet />}
          >
            {t('common.save')}
          </Button>
          <span className={classes.hint}>{t('common.keepsDraft')}</span>
        </div>
      }
    >
      <form id="edit-patient" noValidate onSubmit={(event) => void submit(event)}>
        {restored && (
          <p className={classes.restored}>
            {t('common.draftRestored')}
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => {
                clear();
                setBefore(patient);
                form.reset(formOf(patient, known));
              }}
            >
              {t('common.clearDraft')}
            </Button>
          </p>
        )}
        <PatientFields form={form} known={known} />
        {failure && (
          <p role="alert" className={classes.failure}>
            {failure}
          </p>
        )}
      </form>
    </SideSheet>
  );
}

/** `now` without what was made of `was`; what others changed in it stays. */
const withoutChanges = (now: PatientDetails, was: PatientDetails, made: PatientDetails): PatientDetails => {
  const names = Object.keys(now) as (keyof PatientDetails)[];
  const back = names.filter((name) => made[name] !== was[name]).map((name) => [name, was[name]]);
  return { ...now, ...Object.fromEntries(back) };
};

const isChangedMeanwhile = (caught: unknown): boolean =>
  caught instanceof AppErrorException && caught.error.code === 'changed-meanwhile';

const detailsOf = (patient: PatientView): PatientDetails => ({
  family: patient.family,
  given: patient.given,
  gender: patient.gender as PatientDetails['gender'],
  birthDate: patient.birthDate,
  birthDateEstimated: patient.birthDateEstimated,
  phone: patient.phone,
  email: patient.email,
  addressLine: patient.addressLine,
  city: patient.city,
  postalCode: patient.postalCode,
  country: patient.country,
  contactName: patient.contactName,
  contactPhone: patient.contactPhone,
  contactRelation: patient.contactRelation,
  language: patient.language,
});

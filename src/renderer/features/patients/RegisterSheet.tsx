import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useSheetKeys } from '#renderer/ui/keys/useKeys.ts';
import { SheetFooter, SideSheet } from '#renderer/ui/SideSheet.tsx';
import type { PatientSummary, PatientView } from '#shared/contract/patients.ts';
import { PatientFields } from './PatientFields.tsx';
import classes from './RegisterSheet.module.css';
import { SimilarPatients } from './SimilarPatients.tsx';
import type { PatientForm } from './usePatientForm.ts';
import { type Registration, useRegister } from './useRegister.ts';

interface RegisterSheetProps {
  readonly onClose: () => void;
  readonly onDone: (patient: PatientView) => void;
}

/** Registers a patient beside the list; people who look alike appear at the right while one types. */
export function RegisterSheet({ onClose, onDone }: RegisterSheetProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const registration = useRegister('', onDone);
  return (
    <SideSheet
      title={t('patients.register')}
      width={720}
      onClose={onClose}
      footer={<Save registration={registration} />}
    >
      <div className={classes.columns}>
        <Form registration={registration} />
        <SimilarPatients form={registration.form} onOpen={(patient) => navigate(`/patients/${patient.id}`)} />
      </div>
    </SideSheet>
  );
}

/** Puts the cursor where the first thing is still to be said: what was searched for is filled in already. */
function useFirstOpenField({ getValues, setFocus }: PatientForm): void {
  useEffect(() => {
    const { family, given } = getValues();
    setFocus(family === '' ? 'family' : given === '' ? 'given' : 'gender');
  }, [getValues, setFocus]);
}

interface RegisterInlineProps {
  /** What was typed where nobody was found. */
  readonly text: string;
  readonly onDone: (patient: PatientSummary) => void;
  readonly onCancel: () => void;
}

/** Registers a patient inside another sheet, such as a booking. Opening somebody alike picks that person. */
export function RegisterInline({ text, onDone, onCancel }: RegisterInlineProps) {
  const { t } = useTranslation();
  const registration = useRegister(text, onDone);
  useFirstOpenField(registration.form);
  return (
    <section className={classes.inline} aria-label={t('patients.register')}>
      <h3 className={classes.inlineTitle}>{t('patients.register')}</h3>
      <SimilarPatients form={registration.form} onOpen={onDone} inline />
      <Form registration={registration} />
      <SheetFooter>
        <Save registration={registration}>
          <Button variant="subtle" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        </Save>
      </SheetFooter>
    </section>
  );
}

function Form({ registration }: { registration: Registration }) {
  const { t } = useTranslation();
  const { form, alike, restored, failure, submit, clear } = registration;
  useSheetKeys(t('patients.register'), [
    { keys: 'mod+Enter', label: t('patients.keys.save'), run: submit, inFields: true },
  ]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter in any field saves, as in a form; a form may not stand in the form of a booking
    <div
      onKeyDown={(event) => {
        const inField = event.target instanceof HTMLInputElement;
        if (
          event.key !== 'Enter' ||
          !inField ||
          event.ctrlKey ||
          event.metaKey ||
          event.nativeEvent.isComposing
        )
          return;
        event.preventDefault();
        // An Enter too many must not make a second record of the same person; the button or Ctrl Enter says it.
        if (!alike) submit();
      }}
    >
      {restored && (
        <p className={classes.restored}>
          {t('common.draftRestored')}
          <Button size="compact-xs" variant="subtle" onClick={clear}>
            {t('common.clearDraft')}
          </Button>
        </p>
      )}
      <PatientFields form={form} />
      {failure && (
        <p role="alert" className={classes.failure}>
          {failure}
        </p>
      )}
    </div>
  );
}

function Save({ registration, children }: { registration: Registration; children?: ReactNode }) {
  const { t } = useTranslation();
  const { alike, saving, submit } = registration;
  return (
    <div className={classes.save}>
      {alike && (
        <p role="alert" className={classes.alike}>
          <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
          {t('patients.similarConfirm')}
        </p>
      )}
      <Button loading={saving} onClick={submit} rightSection={<KeyHint keys="mod+Enter" quiet />}>
        {t(alike ? 'patients.similarAnyway' : 'patients.register')}
      </Button>
      {children}
      {!alike && <span className={classes.hint}>{t('common.keepsDraft')}</span>}
    </div>
  );
}

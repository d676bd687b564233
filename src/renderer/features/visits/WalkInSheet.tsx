import { Alert, Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useSheetKeys } from '#renderer/ui/keys/useKeys.ts';
import { PatientPicker, type RegisterInline } from '#renderer/ui/PatientPicker.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { useToldVisit } from '#renderer/ui/visits/useVisitSteps.ts';
import { visitPriorities } from '#shared/domain/appointments/stage.ts';
import type { VisitPriority } from '#shared/domain/visits/waiting.ts';
import { useVisits } from './store.ts';
import { usePlaces } from './usePlaces.ts';
import classes from './VisitSheets.module.css';

const formId = 'walk-in-form';
type Field = 'patient' | 'doctor' | 'form';

/** Somebody came without an appointment: who, to whom, what for. Enter gives the ticket. */
export function WalkInSheet({
  renderRegister,
}: {
  renderRegister?: (register: RegisterInline) => ReactNode;
}) {
  const { t } = useTranslation();
  const draft = useVisits((state) => state.draft);
  const { edit, clear, close } = useVisits.getState();
  const [problem, setProblem] = useState<{ field: Field; text: string } | null>(null);
  const command = useCommand('visits.walkIn');
  const told = useToldVisit();
  const places = usePlaces();
  const chosen = useVisits((state) => state.practitionerId);
  const reason = useRef<HTMLInputElement>(null);
  const priorityLabel = useId();
  const place =
    places.find(({ value }) => value === draft.place) ??
    places.find(({ practitionerId }) => practitionerId === chosen) ??
    places[0];
  const change = (part: Parameters<typeof edit>[0]) => {
    edit(part);
    setProblem(null);
  };
  const submit = async () => {
    const { patient, priority } = draft;
    if (!patient) return setProblem({ field: 'patient', text: t('visits.walkIn.patientMissing') });
    if (!place) return setProblem({ field: 'doctor', text: t('visits.walkIn.doctorMissing') });
    if (command.isPending) return;
    const { practitionerId, locationId } = place;
    try {
      const done = await command.mutateAsync({
        patientId: patient.id,
        practitionerId,
        locationId,
        reason: draft.reason,
        priority,
      });
      const { number, patientName, practitionerName } = done.visit;
      told(done, t('visits.done.walkIn', { number, patient: patientName, doctor: practitionerName }));
      clear();
      close();
    } catch (failure) {
      const twice = failure instanceof AppErrorException && failure.error.code === 'duplicate';
      setProblem({ field: 'form', text: twice ? t('visits.walkIn.duplicate') : errorText(t, failure) });
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void submit();
  };
  useSheetKeys(t('visits.walkIn.title'), [
    { keys: 'mod+Enter', label: t('visits.walkIn.submit'), run: () => void submit(), inFields: true },
  ]);
  return (
    <SideSheet
      title={t('visits.walkIn.title')}
      onClose={close}
      footer={
        <Button
          type="submit"
          form={formId}
          loading={command.isPending}
          rightSection={<KeyHint keys="Enter" quiet />}
        >
          {t('visits.walkIn.submit')}
        </Button>
      }
    >
      <div className={classes.fields}>
        {problem?.field === 'form' && (
          <Alert color="red" variant="light" role="alert">
            {problem.text}
          </Alert>
        )}
        <PatientPicker
          picked={draft.patient}
          autoFocus
          error={problem?.field === 'patient' ? problem.text : undefined}
          onPick={(patient) => {
            change({ patient });
            reason.current?.focus();
          }}
          onClear={() => change({ patient: null })}
          {...(renderRegister ? { renderRegister } : {})}
        />
        <form id={formId} className={classes.fields} onSubmit={onSubmit} noValidate>
          <Select
            label={t('visits.walkIn.doctor')}
            data={places.map(({ value, label }) => ({ value, label }))}
            value={place?.value ?? null}
            allowDeselect={false}
            nothingFoundMessage={t('visits.walkIn.nobody')}
            error={problem?.field === 'doctor' ? problem.text : undefined}
            onChange={(value) => change({ place: value })}
          />
          <TextInput
            ref={reason}
            label={t('visits.walkIn.reason')}
            placeholder={t('visits.walkIn.reasonPlaceholder')}
            maxLength={500}
            value={draft.reason}
            {...(draft.patient ? { 'data-autofocus': true } : {})}
            onChange={(event) => change({ reason: event.currentTarget.value })}
          />
          <div>
            <span id={priorityLabel} className={classes.label}>
              {t('visits.priority.label')}
            </span>
            <SegmentedControl
              fullWidth
              size="xs"
              aria-labelledby={priorityLabel}
              data={visitPriorities.map((value) => ({ value, label: t(`visits.priority.${value}`) }))}
              value={draft.priority}
              onChange={(value) => change({ priority: value as VisitPriority })}
            />
          </div>
        </form>
      </div>
    </SideSheet>
  );
}

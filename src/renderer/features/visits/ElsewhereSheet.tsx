import { Button, Select } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { useVisitSteps } from '#renderer/ui/visits/useVisitSteps.ts';
import type { VisitView } from '#shared/contract/visits.ts';
import { useVisits } from './store.ts';
import { usePlaces } from './usePlaces.ts';
import classes from './VisitSheets.module.css';

const formId = 'elsewhere-form';

/** Sends somebody who waits to another doctor of the same site. */
export function ElsewhereSheet({ visit }: { visit: VisitView }) {
  const { t } = useTranslation();
  const { close } = useVisits.getState();
  const steps = useVisitSteps();
  const [value, setValue] = useState<string | null>(null);
  const places = usePlaces().filter(
    ({ practitionerId, locationId }) =>
      locationId === visit.locationId && practitionerId !== visit.practitionerId,
  );
  const place = places.find((one) => one.value === value) ?? places[0];
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!place) return;
    void steps.requeue(visit, place.practitionerId).then(close);
  };
  return (
    <SideSheet
      title={t('visits.elsewhere.title')}
      onClose={close}
      footer={
        <Button type="submit" form={formId} disabled={!place} rightSection={<KeyHint keys="Enter" quiet />}>
          {t('visits.elsewhere.submit')}
        </Button>
      }
    >
      <form id={formId} className={classes.fields} onSubmit={onSubmit} noValidate>
        <p className={classes.text}>{t('visits.elsewhere.text', { patient: visit.patientName })}</p>
        {places.length === 0 ? (
          <p className={classes.text}>{t('visits.elsewhere.none')}</p>
        ) : (
          <Select
            label={t('visits.walkIn.doctor')}
            data={places.map((one) => ({ value: one.value, label: one.label }))}
            value={place?.value ?? null}
            allowDeselect={false}
            data-autofocus
            onChange={setValue}
          />
        )}
      </form>
    </SideSheet>
  );
}

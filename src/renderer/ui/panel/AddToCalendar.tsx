import { Button } from '@mantine/core';
import { IconCalendarPlus, IconExternalLink, IconFileDownload } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { download } from '#renderer/ui/download.ts';
import { googleLink, outlookLink } from '#shared/domain/calendar/add-links.ts';
import type { AppointmentId, PatientId } from '#shared/kernel/ids.ts';
import classes from './AddToCalendar.module.css';

interface AddToCalendarProps {
  readonly patientId: PatientId;
  readonly appointmentId: AppointmentId;
}

const links = { google: googleLink, outlook: outlookLink } as const;

/** Puts one appointment into a calendar of the patient's own: as a file, or as a new entry at a provider's. */
export function AddToCalendar({ patientId, appointmentId }: AddToCalendarProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { data } = useCall('panelCalendar.entry', { patientId, appointmentId });
  // What does not take place is taken out by hand, or by itself where somebody subscribes.
  if (data?.status === 'CANCELLED') return null;
  const event = data && { ...data, start: Date.parse(data.startAt), end: Date.parse(data.endAt) };
  return (
    <div className={classes.add}>
      <Button
        variant="default"
        size="md"
        disabled={!event}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        leftSection={<IconCalendarPlus size={20} stroke={1.6} aria-hidden />}
        onClick={() => setOpen(!isOpen)}
      >
        {t('panelCalendar.add')}
      </Button>
      {isOpen && event && (
        <ul id={id} className={classes.ways}>
          <li>
            <button
              type="button"
              onClick={() => download(event.file.name, event.file.text, 'text/calendar;charset=utf-8')}
            >
              <IconFileDownload size={20} stroke={1.6} aria-hidden />
              {t('panelCalendar.file')}
            </button>
          </li>
          {(['google', 'outlook'] as const).map((provider) => (
            <li key={provider}>
              <a href={links[provider](event)} target="_blank" rel="noreferrer">
                <IconExternalLink size={20} stroke={1.6} aria-hidden />
                {t(`panelCalendar.${provider}`)}
                <span className="visually-hidden"> ({t('panelCalendar.opens')})</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

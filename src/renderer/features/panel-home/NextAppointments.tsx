import { Button } from '@mantine/core';
import { IconQrcode } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { formatWallTime } from '#renderer/ui/format.ts';
import { failureOf } from '#renderer/ui/panel/failure-of.ts';
import classes from '#renderer/ui/panel/Parts.module.css';
import { StateMark } from '#renderer/ui/panel/StateMark.tsx';
import { panelEvery } from '#renderer/ui/panel/usePages.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { HomeCard } from './HomeCard.tsx';

const shown = 2;

/** When the next visit is, and whether the clinic has said so. */
export function NextAppointments({ patientId }: { patientId: PatientId }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error } = useCall(
    'panel.appointments',
    { patientId, when: 'upcoming', limit: shown },
    { every: panelEvery },
  );
  return (
    <HomeCard
      title={t('panelRecords.home.next')}
      href="/appointments"
      loading={data === undefined && !error}
      error={failureOf({ data, error })}
      empty={
        data?.appointments.length === 0 ? (
          <>
            {t('panelRecords.home.noNext')}{' '}
            <Link href="/appointments" className={classes.all ?? ''}>
              {t('panelRecords.home.toBook')}
            </Link>
          </>
        ) : null
      }
    >
      {data?.appointments.map((appointment) => (
        <li key={appointment.id} className={classes.line}>
          <Link href={`/appointments/${appointment.id}`} className={`${classes.all} ${classes.name}`}>
            {format.day(appointment.startLocal, 'full')}, {formatWallTime(appointment.startLocal)}
          </Link>
          <span>
            {appointment.practitionerName}, {appointment.locationName}
          </span>
          <StateMark state={appointment.state} />
          {appointment.checkIn && (
            <Button
              component={Link}
              href={`/appointments/${appointment.id}`}
              size="lg"
              mt="xs"
              leftSection={<IconQrcode size={22} stroke={1.6} aria-hidden />}
            >
              {t('panelRecords.home.checkIn')}
            </Button>
          )}
        </li>
      ))}
    </HomeCard>
  );
}

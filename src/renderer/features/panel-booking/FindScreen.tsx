import { Button, Loader } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { formatPhone } from '#renderer/ui/format-phone.ts';
import { failureOf } from '#renderer/ui/panel/failure-of.ts';
import parts from '#renderer/ui/panel/Parts.module.css';
import type { Output } from '#shared/contract/contract.ts';
import type { VisitTypeId } from '#shared/kernel/ids.ts';
import { seldom } from './asking.ts';
import { Filters } from './Filters.tsx';
import { LiveNotice, Page } from './Page.tsx';
import classes from './PanelBooking.module.css';
import { type Search, useBooking } from './store.ts';
import { TimeButton } from './TimeButton.tsx';
import { VisitTypeChoice } from './VisitTypeChoice.tsx';
import { ZoneNote } from './ZoneNote.tsx';

type Bookable = Output<'panel.bookable'>;

/** Finds a doctor by speciality, place and time; whoever is free soonest comes first. */
export function FindScreen() {
  const { t } = useTranslation();
  const { data, error, refetch } = useCall('panel.bookable', {}, seldom);
  const failure = failureOf({ data, error });
  return (
    <Page title={t('panelBooking.book')} back="/appointments">
      <LiveNotice live={data?.live} />
      {failure && <Failure failure={failure} onRetry={() => void refetch()} />}
      {data === undefined && !failure && <Loader aria-label={t('common.loading')} />}
      {data &&
        !failure &&
        (data.doctors.length === 0 ? (
          <p className={parts.quiet}>{t('panelBooking.off')}</p>
        ) : (
          <Choice bookable={data} />
        ))}
    </Page>
  );
}

/** The kind of visit that is looked for: the one chosen, while it is offered, else the first. */
export const visitTypeIn = ({ visitTypes }: Bookable, chosen: VisitTypeId | null): VisitTypeId | null =>
  (visitTypes.find(({ id }) => id === chosen) ?? visitTypes[0])?.id ?? null;

function Choice({ bookable }: { bookable: Bookable }) {
  const { t } = useTranslation();
  const { search, look } = useBooking();
  const visitTypeId = visitTypeIn(bookable, search.visitTypeId);
  return (
    <>
      <VisitTypeChoice
        visitTypes={bookable.visitTypes}
        value={visitTypeId}
        onChange={(chosen) => look({ visitTypeId: chosen })}
      />
      <Filters bookable={bookable} />
      <h2>{t('panelBooking.soonest')}</h2>
      <DoctorsPage
        key={JSON.stringify({ ...search, visitTypeId })}
        bookable={bookable}
        search={{ ...search, visitTypeId }}
        after={null}
      />
    </>
  );
}

interface DoctorsProps {
  readonly bookable: Bookable;
  readonly search: Search;
  readonly after: Output<'panel.doctors'>['next'];
}

/** One page of doctors, and the next when it is asked for. */
function DoctorsPage({ bookable, search, after }: DoctorsProps) {
  const { t } = useTranslation();
  const [goesOn, setGoesOn] = useState(false);
  const { from, weekdays, ...wanted } = search;
  const { data, error, refetch } = useCall(
    'panel.doctors',
    { ...wanted, from: from || null, weekdays: [...weekdays], after },
    seldom,
  );
  const failure = failureOf({ data, error });
  if (failure) return <Failure failure={failure} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loader aria-label={t('common.loading')} />;
  if (after === null && data.doctors.length === 0) return <NoneFree bookable={bookable} />;
  return (
    <>
      {after === null && <ZoneNote slots={data.doctors.flatMap(({ slots }) => slots)} />}
      <ul className={parts.list}>
        {data.doctors.map((one) => (
          <li key={one.id}>
            <DoctorCard bookable={bookable} found={one} />
          </li>
        ))}
      </ul>
      {data.next !== null &&
        (goesOn ? (
          <DoctorsPage bookable={bookable} search={search} after={data.next} />
        ) : (
          <Button variant="default" size="md" onClick={() => setGoesOn(true)}>
            {t('panelBooking.more')}
          </Button>
        ))}
    </>
  );
}

function DoctorCard({
  bookable,
  found,
}: {
  bookable: Bookable;
  found: Output<'panel.doctors'>['doctors'][number];
}) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const pick = useBooking((state) => state.pick);
  const doctor = bookable.doctors.find(({ id }) => id === found.id);
  if (doctor === undefined || found.slots.length === 0) return null;
  const places = [...new Set(found.slots.map(({ locationName }) => locationName))].join(', ');
  return (
    <article className={parts.card} aria-label={doctor.name}>
      <div className={classes.lines}>
        <h3>{doctor.name}</h3>
        <span className={parts.quiet}>{doctor.specialities.join(', ')}</span>
        <span className={parts.quiet}>{places}</span>
      </div>
      <ul className={classes.times}>
        {found.slots.map((slot) => (
          <li key={`${slot.locationId} ${slot.startLocal}`}>
            <TimeButton
              slot={slot}
              withDay
              onTake={(taken) => {
                pick(taken);
                go('/appointments/confirm');
              }}
            />
          </li>
        ))}
      </ul>
      <Link
        href={`/appointments/doctor/${doctor.id}`}
        className={parts.all ?? ''}
        aria-label={`${t('panelBooking.moreTimes')}: ${doctor.name}`}
      >
        {t('panelBooking.moreTimes')}
      </Link>
    </article>
  );
}

/** Nothing fits: what to do about it. */
function NoneFree({ bookable }: { bookable: Bookable }) {
  const { t } = useTranslation();
  const phones = bookable.sites.flatMap(({ id, name, phone }) => (phone ? [{ id, name, phone }] : []));
  return (
    <div role="status" className={classes.lines}>
      <p className={parts.quiet}>{t('panelBooking.noneFree')}</p>
      {phones.slice(0, 5).map(({ id, name, phone }) => (
        <a key={id} href={`tel:${phone}`} className={parts.all}>
          {name}: {formatPhone(phone)}
        </a>
      ))}
    </div>
  );
}

import type { TFunction } from 'i18next';
import { callRow } from '#renderer/ui/call-words.ts';
import { formatWallTime } from '#renderer/ui/format.ts';
import { formatPhone } from '#renderer/ui/format-phone.ts';
import type { Format } from '#renderer/ui/useFormat.ts';
import type { AppointmentView, BoardColumn } from '#shared/contract/appointments.ts';
import type { CallEntry } from '#shared/contract/call-list.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { ListLine, ListSection } from './ListPage.tsx';
import { appointmentMark } from './marks.ts';
import classes from './Paper.module.css';
import { Own } from './PaperPage.tsx';

/** How sections are written. */
export interface Words {
  readonly t: TFunction;
  readonly format: Format;
}

/** Name and number; what may still change is said with them. */
function Who({ appointment, t }: { appointment: AppointmentView; t: TFunction }) {
  const mark = appointmentMark(t, appointment);
  return (
    <>
      <strong>
        <Own>{appointment.patientName}</Own>
      </strong>
      <div className={classes.small}>{appointment.patientMrn}</div>
      {mark && <div className={classes.mark}>{mark}</div>}
    </>
  );
}

function Born({ date, format }: { date: string | null; format: Format }) {
  if (date === null) return null;
  return (
    <>
      <div>{format.day(date)}</div>
      <div className={classes.small}>{format.age(date)}</div>
    </>
  );
}

/** Kind of visit and note, each in its own direction. */
function About({ appointment }: { appointment: AppointmentView }) {
  const { visitTypeName, description } = appointment;
  return (
    <>
      {visitTypeName && (
        <div>
          <Own>{visitTypeName}</Own>
        </div>
      )}
      {description && (
        <div>
          <Own>{description}</Own>
        </div>
      )}
    </>
  );
}

/** What a doctor is not to wait for. */
const off: ReadonlySet<string> = new Set(['cancelled', 'entered-in-error']);

/** One doctor's day: who comes when. What lost its time is with the desk, not with the doctor. */
export function daySection(words: Words, { date, ...column }: BoardColumn): ListSection {
  const { t, format } = words;
  const visits = column.appointments.filter((one) => !off.has(one.status) && !one.needsRebooking);
  const hours = column.blocks.map(({ startTime, endTime, locationName, roomName }) =>
    [`${startTime}–${endTime}`, locationName, roomName].filter(Boolean).join(', '),
  );
  const away = column.away.map(({ name, startTime, endTime }) => `${name} ${startTime}–${endTime}`);
  return {
    key: column.practitionerId,
    title: t('printing.document.day-sheet'),
    about: (
      <>
        <div className={classes.subject}>
          <Own>{column.practitionerName}</Own>
        </div>
        <div>
          {format.day(date, 'full')} · {column.speciality} · {t('printing.visits', { count: visits.length })}
        </div>
        {[...hours, ...away].length > 0 && (
          <div className={classes.small}>{[...hours, ...away].join(' · ')}</div>
        )}
      </>
    ),
    columns: [
      { label: t('printing.column.time'), width: 11 },
      { label: t('printing.column.patient'), width: 32 },
      { label: t('printing.column.born'), width: 15 },
      { label: t('printing.column.phone'), width: 21 },
      { label: t('printing.column.visit'), width: 21 },
    ],
    lines: visits.map((one) => ({
      key: one.id,
      cells: [
        <div key="time">
          <strong>{formatWallTime(one.startLocal)}</strong>
          <div className={classes.small}>{t('printing.minutes', { count: one.minutes })}</div>
        </div>,
        <Who key="who" appointment={one} t={t} />,
        <Born key="born" date={one.patientBirthDate} format={format} />,
        one.patientPhone && formatPhone(one.patientPhone),
        <About key="about" appointment={one} />,
      ],
    })),
    empty: t('printing.noVisits'),
  };
}

type PhoneList = Output<'appointments.phoneList'>;

const placeOf = ({ appointment }: PhoneList['entries'][number]) =>
  `${appointment.locationId} ${appointment.practitionerId}`;

/** Whom to call about a day, doctor by doctor, with space for what came of it. */
export function phoneSection(words: Words, date: string, { entries, left }: PhoneList): ListSection {
  const { t, format } = words;
  const lines = [...Map.groupBy(entries, placeOf)].flatMap(([place, some]): ListLine[] => {
    const first = some[0]?.appointment;
    if (!first) return [];
    const heading = (
      <>
        <Own>{first.practitionerName}</Own> · <Own>{first.locationName}</Own>
      </>
    );
    return [
      { key: place, heading },
      ...some.map(({ appointment, phones }) => ({
        key: appointment.id,
        cells: [
          <strong key="time">{formatWallTime(appointment.startLocal)}</strong>,
          <Who key="who" appointment={appointment} t={t} />,
          <Born key="born" date={appointment.patientBirthDate} format={format} />,
          phones.length === 0
            ? t('printing.noPhone')
            : phones.map((phone) => <div key={phone}>{formatPhone(phone)}</div>),
          <div key="boxes" className={classes.boxes}>
            <span>{t('printing.comes')}</span>
            <span>{t('printing.notReached')}</span>
          </div>,
        ],
      })),
    ];
  });
  return {
    key: 'phones',
    title: t('printing.document.phone-list'),
    about: (
      <>
        <div className={classes.subject}>{format.day(date, 'full')}</div>
        <div>{t('printing.toCall', { count: entries.length })}</div>
        {left > 0 && <div className={classes.mark}>{t('printing.leftOut', { count: left })}</div>}
      </>
    ),
    columns: [
      { label: t('printing.column.time'), width: 9 },
      { label: t('printing.column.patient'), width: 28 },
      { label: t('printing.column.born'), width: 16 },
      { label: t('printing.column.phone'), width: 21 },
      { label: t('printing.column.answer'), width: 26 },
    ],
    lines,
    empty: t('printing.nobodyToCall'),
  };
}

/** Whom to tell of another time, with what they know of and what is to be said. */
export function callSection({ t, format }: Words, entries: readonly CallEntry[]): ListSection {
  return {
    key: 'calls',
    title: t('printing.document.call-list'),
    about: <div className={classes.subject}>{t('calls.count', { count: entries.length })}</div>,
    columns: [
      { label: t('calls.column.patient'), width: 20 },
      { label: t('calls.column.phone'), width: 18 },
      { label: t('calls.column.before'), width: 22 },
      { label: t('calls.column.now'), width: 22 },
      { label: t('printing.column.answer'), width: 18 },
    ],
    lines: entries.map((entry) => {
      const row = callRow(t, format, entry);
      return {
        key: entry.id,
        cells: [
          <div key="who">
            <strong>
              <Own>{row.patient}</Own>
            </strong>
            <div className={classes.small}>{row.mrn}</div>
          </div>,
          row.phones.length === 0 ? t('calls.noPhone') : row.phones.map((one) => <div key={one}>{one}</div>),
          <Own key="before">{row.before}</Own>,
          <div key="now">
            <strong>
              <Own>{row.now}</Own>
            </strong>
            {entry.certainty !== 'confirmed' && (
              <div className={classes.mark}>{t('printing.mark.provisional')}</div>
            )}
            {row.calls && <div className={classes.small}>{row.calls}</div>}
          </div>,
          <div key="boxes" className={classes.boxes}>
            <span>{t('calls.confirmed')}</span>
            <span>{t('calls.notReached')}</span>
          </div>,
        ],
      };
    }),
    empty: t('calls.none'),
  };
}

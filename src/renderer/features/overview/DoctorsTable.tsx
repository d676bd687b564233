import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Output } from '#shared/contract/contract.ts';
import { percentOf } from '#shared/domain/overview/figures.ts';
import { type Counts, Figure } from './Figure.tsx';
import { FigureTable } from './FigureTable.tsx';
import classes from './Overview.module.css';

const counts = ['booked', 'here', 'done', 'noshow', 'cancelled'] as const satisfies readonly Counts[];

interface DoctorsTableProps {
  readonly today: Output<'overview.today'>;
  readonly site: string | null;
}

/** How full each doctor's day is: the figures, and beside them how much of the hours is taken. */
export function DoctorsTable({ today: { date, doctors }, site }: DoctorsTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const hours = (minutes: number) =>
    t('overview.doctors.hours', { number: format.number(Math.round(minutes / 6) / 10) });
  return (
    <FigureTable
      title={t('overview.doctors.title')}
      first={t('overview.doctors.name')}
      columns={[...counts, 'work', 'free', 'load'].map((name) =>
        t(`overview.doctors.${name as (typeof counts)[number] | 'work' | 'free' | 'load'}`),
      )}
      rows={doctors.map((doctor) => ({
        key: doctor.practitionerId,
        name: doctor.name,
        cells: [
          ...counts.map((name) => (
            <Figure
              key={name}
              counts={name}
              counted={{ from: date, until: date, site, doctor: doctor.practitionerId }}
              value={doctor[name]}
              text={format.number(doctor[name])}
              label={`${doctor.name}, ${t(`overview.doctors.${name}`)}`}
            />
          )),
          hours(doctor.workMinutes),
          hours(doctor.freeMinutes),
          <Load key="load" work={doctor.workMinutes} free={doctor.freeMinutes} />,
        ],
      }))}
      after={doctors.length === 0 && <p className={classes.none}>{t('overview.doctors.none')}</p>}
    />
  );
}

function Load({ work, free }: { work: number; free: number }) {
  const percent = percentOf(work - free, work);
  if (percent === null) return null;
  return (
    <span className={classes.load}>
      <span className={classes.track} aria-hidden>
        <span className={classes.fill} style={{ inlineSize: `${percent}%` }} />
      </span>
      <span className={classes.percent}>{percent} %</span>
    </span>
  );
}

import { IconAlertCircle } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { columnLeft } from './AppointmentBlock.tsx';
import type { RowColumn } from './BoardRow.tsx';
import classes from './DayBoard.module.css';
import { axisWidth, rowHeight, yOf } from './geometry.ts';
import { closedSpans } from './hours.ts';
import type { BoardItem, ColumnModel } from './model.ts';
import { awayText, heldText, type NameOf, placeText, refusalText } from './text.ts';
import { clockTime, type Span, slotMinutes } from './time.ts';
import type { Carry } from './useCarry.ts';

interface AxisProps {
  readonly range: Span;
  readonly height: number;
  /** Null: no column is today's. */
  readonly nowMinute: number | null;
}

/** The times at the left. Screen readers have them as the heading of each row. */
export const BoardAxis = memo(function BoardAxis(props: AxisProps) {
  const { range, height, nowMinute } = props;
  const ticks = [];
  for (let minute = range.start; minute < range.end; minute += slotMinutes) ticks.push(minute);
  return (
    <div className={classes.axis} aria-hidden style={{ width: axisWidth, height }}>
      {ticks.map((minute) => (
        <span
          key={minute}
          className={classes.tick}
          data-hour={minute % 60 === 0 || undefined}
          style={{ top: yOf(minute, range) + (rowHeight - 16) / 2 }}
        >
          {clockTime(minute)}
        </span>
      ))}
      {nowMinute !== null && <NowTime minute={nowMinute} range={range} />}
    </div>
  );
});

/** The time before and after a visit that its practitioner is not free either. */
const buffersOf = ({ keeps, start, end }: BoardItem): readonly Span[] =>
  [
    { start: keeps.start, end: start },
    { start: end, end: keeps.end },
  ].filter((span) => span.start < span.end);

interface GroundProps {
  readonly columns: readonly RowColumn[];
  readonly range: Span;
  readonly width: number;
  /** The instant of the minute that is now. */
  readonly now: number;
}

/** Open and closed hours behind the cells. */
export const BoardGround = memo(function BoardGround({ columns, range, width, now }: GroundProps) {
  const { t } = useTranslation();
  return columns.map(({ model, index }) => (
    <div key={index} aria-hidden className={classes.ground} style={{ left: columnLeft(index, width), width }}>
      {closedSpans(model.open, range).map((span) => (
        <div
          key={span.start}
          className={classes.closed}
          style={{ top: yOf(span.start, range), height: yOf(span.end, range) - yOf(span.start, range) }}
        />
      ))}
      {model.away.map((span) => (
        <div
          key={`${span.start} ${span.name}`}
          className={classes.away}
          style={{ top: yOf(span.start, range), height: yOf(span.end, range) - yOf(span.start, range) }}
        >
          <span className={classes.awayName} title={awayText(t, span)}>
            {awayText(t, span)}
          </span>
        </div>
      ))}
      {model.busy
        .flatMap((item) => buffersOf(item))
        .map((span) => (
          <div
            key={`buffer ${span.start}`}
            className={classes.buffer}
            style={{ top: yOf(span.start, range), height: yOf(span.end, range) - yOf(span.start, range) }}
          />
        ))}
      {model.held
        .filter(({ until }) => until > now)
        .map((span) => (
          <div
            key={`held ${span.start} ${span.by}`}
            className={classes.held}
            style={{ top: yOf(span.start, range), height: yOf(span.end, range) - yOf(span.start, range) }}
          >
            <span className={classes.heldBy} title={heldText(t, span)}>
              {heldText(t, span)}
            </span>
          </div>
        ))}
      {model.open.length === 0 && model.away.length === 0 && (
        <div className={classes.noHours}>{t('appointments.board.noHours')}</div>
      )}
    </div>
  ));
});

interface NowLineProps {
  readonly minute: number;
  readonly range: Span;
  readonly left: number;
  readonly width: number;
}

/** Where the day is now, across the columns of today. */
export function NowLine({ minute, range, left, width }: NowLineProps) {
  if (minute < range.start || minute > range.end) return null;
  return <div aria-hidden className={classes.now} style={{ top: yOf(minute, range) - 1, left, width }} />;
}

/** The time of the now-line, on the axis. */
function NowTime({ minute, range }: { minute: number; range: Span }) {
  if (minute < range.start || minute > range.end) return null;
  return (
    <span className={classes.nowTime} style={{ top: yOf(minute, range) }}>
      {clockTime(minute)}
    </span>
  );
}

interface CarryProps {
  readonly carry: Carry;
  readonly models: readonly ColumnModel[];
}

const useRefusal = ({ carry, models }: CarryProps): string | null => {
  const { t } = useTranslation();
  const name = models[carry.target.column]?.column.practitionerName ?? '';
  return carry.verdict.kind === 'refused' ? refusalText(t, carry.verdict, name) : null;
};

/** What is carried, where it would land. */
export function Ghost({ carry, models, range, width }: CarryProps & { range: Span; width: number }) {
  const refusal = useRefusal({ carry, models });
  const { appointment, target } = carry;
  const end = target.start + appointment.minutes;
  return (
    <div
      aria-hidden
      className={classes.ghost}
      data-refused={refusal !== null || undefined}
      style={{
        top: yOf(target.start, range),
        height: Math.max(rowHeight, yOf(end, range) - yOf(target.start, range)),
        left: columnLeft(target.column, width) + 1,
        width: width - 2,
      }}
    >
      <span className={classes.ghostName}>
        {clockTime(target.start)} {appointment.patientName}
      </span>
      {refusal && appointment.minutes >= 30 && <span className={classes.ghostWhy}>{refusal}</span>}
    </div>
  );
}

/** Below the board while something is carried: where it would go, or why it may not. */
export function CarryStrip({ carry, models, nameOf }: CarryProps & { nameOf: NameOf }) {
  const { t } = useTranslation();
  const refusal = useRefusal({ carry, models });
  return (
    <div className={classes.strip} aria-hidden>
      <span>
        <strong>{t('appointments.board.moving', { patient: carry.appointment.patientName })}</strong>{' '}
        {placeText(t, models[carry.target.column], carry.target, nameOf)}
      </span>
      {refusal && (
        <span className={classes.stripRefused}>
          <IconAlertCircle size={16} stroke={1.8} />
          {refusal}
        </span>
      )}
      {carry.by === 'keys' && <span className={classes.stripHint}>{t('appointments.board.movingHint')}</span>}
    </div>
  );
}

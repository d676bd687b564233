import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconCalendarX,
  IconCircleDotted,
  IconDeviceMobile,
  IconLoader2,
  IconQuestionMark,
  IconStack2,
  IconWalk,
  IconX,
} from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { memo } from 'react';
import { isWaiting, type VisitState, visitState } from '#shared/domain/visits/course.ts';
import { waitingTone } from '#shared/domain/visits/waiting.ts';
import { minutesText, stateText } from '../visits/visit-words.ts';
import { waitingIcons } from '../visits/Waiting.tsx';
import { useWaitingLimits } from '../visits/waiting-limits.tsx';
import classes from './AppointmentBlock.module.css';
import { axisWidth, rowHeight } from './geometry.ts';
import { type Mark, marksOf, toneOf } from './marks.ts';
import type { BoardItem } from './model.ts';
import { blockLabel, stayed } from './text.ts';
import { clockTime, slotMinutes, slotOf } from './time.ts';

const icons: Readonly<Record<Mark, typeof IconX>> = {
  confirming: IconLoader2,
  needsRebooking: IconCalendarX,
  parked: IconAlertTriangle,
  provisional: IconCircleDotted,
  requested: IconQuestionMark,
  otherTime: IconArrowsExchange,
  overbooked: IconStack2,
  walkIn: IconWalk,
  fromPanel: IconDeviceMobile,
};

export interface AppointmentBlockProps {
  /** Of its kind of visit. */
  readonly hue: number | undefined;
  readonly item: BoardItem;
  readonly practitioner: string;
  /** A practitioner with cancelled appointments keeps a strip for them at the right. */
  readonly hasAside: boolean;
  readonly confirming: boolean;
  readonly carried: boolean;
  readonly current: boolean;
  readonly past: boolean;
  /** Now on today's board, to the minute; null on another day's. */
  readonly now: number | null;
  readonly t: TFunction;
}

const perMinute = rowHeight / slotMinutes;
const asideWidth = 16;

function placeOf(item: BoardItem, hasAside: boolean) {
  const top = (item.start - slotOf(item.start)) * perMinute;
  const height = (item.shownEnd - item.start) * perMinute - 1;
  if (item.aside) return { top, height, right: 1 + (item.lane % 2) * 6, width: asideWidth - 3 };
  const room = hasAside ? `(100% - ${asideWidth + 2}px)` : '(100% - 2px)';
  return {
    top,
    height,
    left: `calc(1px + ${room} * ${item.lane / item.lanes})`,
    width: `calc(${room} / ${item.lanes} - 1px)`,
  };
}

function Marks({ marks, words, t }: { marks: readonly Mark[]; words: boolean; t: TFunction }) {
  return marks.map((mark) => {
    const Icon = icons[mark];
    return (
      <span key={mark} className={classes.mark} data-mark={mark}>
        <Icon size={12} stroke={2} aria-hidden />
        {words && <span className={classes.word}>{t(`appointments.mark.${mark}`)}</span>}
      </span>
    );
  });
}

/** The usual states need no word; the others are said. */
const needsNoWord: readonly VisitState[] = ['booked', 'requested'];

/** Where the patient is and for how long: a wait has its tone, somebody late counts as one. */
function State({ item, now, t }: Pick<AppointmentBlockProps, 'item' | 'now' | 't'>) {
  const limits = useWaitingLimits();
  const { appointment } = item;
  const minutes = stayed(appointment, now, limits);
  const state = visitState(appointment);
  if (minutes === null && needsNoWord.includes(state)) return null;
  const waits = minutes !== null && (isWaiting(state) || state === 'booked');
  const tone = waits ? waitingTone(minutes, limits) : null;
  const Icon = tone === null ? null : waitingIcons[tone];
  return (
    <span className={classes.status} data-wait={tone ?? undefined}>
      {Icon && <Icon size={12} stroke={2} aria-hidden className={classes.waitIcon ?? ''} />}
      {/* The minutes first: the word may be cut off, and the icon tells as much as the colour. */}
      {minutes === null ? '' : `${minutesText(t, minutes)} · `}
      {stateText(t, appointment, now === null ? null : { now, limits })}
    </span>
  );
}

interface ContentProps extends Pick<AppointmentBlockProps, 'item' | 'now' | 't'> {
  readonly marks: readonly Mark[];
}

function Content({ item, marks, now, t }: ContentProps) {
  const limits = useWaitingLimits();
  const { appointment, start, end, lanes } = item;
  const name = <span className={classes.name}>{appointment.patientName}</span>;
  const says = stayed(appointment, now, limits) !== null || !needsNoWord.includes(visitState(appointment));
  const minutes = item.shownEnd - item.start;
  // The end can be seen from the block's height; the word cannot be seen from anything else.
  const words = lanes === 1 && marks.length > 0;
  const brief = lanes > 1 || words || says;
  if (minutes < 30) {
    return (
      <>
        {name}
        <Marks marks={marks} words={false} t={t} />
        {lanes === 1 && says && <State item={item} now={now} t={t} />}
        {lanes === 1 && !says && <span className={classes.time}>{clockTime(start)}</span>}
      </>
    );
  }
  return (
    <>
      {name}
      <span className={classes.line}>
        <span className={classes.time}>
          {brief ? clockTime(start) : `${clockTime(start)}–${clockTime(end)}`}
        </span>
        {lanes === 1 && !brief && appointment.visitTypeName && (
          <span className={classes.kind}>{appointment.visitTypeName}</span>
        )}
        {lanes < 3 && says && <State item={item} now={now} t={t} />}
        <Marks marks={marks} words={words} t={t} />
      </span>
      {minutes >= 45 && appointment.description && (
        <span className={classes.note}>{appointment.description}</span>
      )}
    </>
  );
}

/** One appointment on the board. It lies in the cell of the slot it starts in and reaches over those below. */
export const AppointmentBlock = memo(function AppointmentBlock(props: AppointmentBlockProps) {
  const { item, practitioner, hue, hasAside, confirming, carried, current, past, now, t } = props;
  const limits = useWaitingLimits();
  const label = blockLabel(t, item, practitioner, confirming, now, limits);
  const marks = marksOf(item.appointment, confirming);
  const tone = toneOf(item.appointment);
  return (
    <button
      type="button"
      className={classes.block}
      style={placeOf(item, hasAside)}
      data-appointment={item.appointment.id}
      data-tone={tone}
      data-hue={item.aside ? undefined : hue}
      data-past={past || undefined}
      data-aside={item.aside || undefined}
      data-carried={carried || undefined}
      data-compact={item.shownEnd - item.start < slotMinutes || undefined}
      tabIndex={current ? 0 : -1}
    >
      {/* What is seen is in another order than what is heard, so a label on the block would not contain it. */}
      <span
        className={classes.content}
        title={label}
        aria-hidden
        data-short={item.shownEnd - item.start < 30 || undefined}
      >
        {item.aside ? <IconX size={11} stroke={2} /> : <Content item={item} marks={marks} now={now} t={t} />}
      </span>
      <span className="visually-hidden">{label}</span>
    </button>
  );
});

/** Left edge of a column on the canvas, for everything that is laid over the cells. */
export const columnLeft = (column: number, width: number): number => axisWidth + column * width;

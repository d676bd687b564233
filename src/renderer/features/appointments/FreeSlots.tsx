import { Button } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { formatWallTime } from '#renderer/ui/format.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { FreeSlot } from '#shared/contract/appointments.ts';
import type { LocationId, PractitionerId, VisitTypeId } from '#shared/kernel/ids.ts';
import classes from './FreeSlots.module.css';

export interface FreeSlotsProps {
  readonly label: string;
  readonly slots: readonly FreeSlot[] | undefined;
  readonly onPick: (slot: FreeSlot) => void;
  /** Numbers in front of the times, where keys pick them. */
  readonly numbered?: boolean;
  readonly disabled?: boolean;
  /** The one doctor they are all of, who then need not be named on each. */
  readonly practitionerId?: string | null;
  /** The one Enter takes, wherever the cursor is; moves with the cursor among them. */
  readonly marked?: number;
  readonly onMark?: (index: number) => void;
  /** They are all at one site, which then need not be named on each. */
  readonly atOneSite?: boolean;
  /** The one that is chosen already. */
  readonly chosen?: number | undefined;
  /** What is said when there is none. */
  readonly none?: string;
}

/** Up and down go from one to the next. */
const stepAmong = (event: KeyboardEvent<HTMLElement>) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button')];
  const at = buttons.indexOf(event.target as HTMLButtonElement);
  event.preventDefault();
  buttons[Math.max(0, Math.min(buttons.length - 1, at + by))]?.focus();
};

/** Free times as buttons, best first. */
export function FreeSlots(props: FreeSlotsProps) {
  const { label, slots, onPick, numbered = false, disabled = false, practitionerId, marked, onMark } = props;
  const { chosen, atOneSite = false } = props;
  const { t } = useTranslation();
  const format = useFormat();
  if (slots?.length === 0)
    return <p className={classes.none}>{props.none ?? t('appointments.book.freeTimesNone')}</p>;
  return (
    <section aria-label={label} aria-busy={slots === undefined}>
      <div className={classes.title} aria-hidden>
        {label}
      </div>
      <ol
        className={classes.list}
        data-numbered={numbered || undefined}
        onKeyDown={onMark ? stepAmong : undefined}
      >
        {slots?.map((slot, index) => {
          const time = formatWallTime(slot.startLocal);
          const day = format.day(slot.startLocal, 'weekday');
          const name = slot.practitionerId === practitionerId ? '' : slot.practitionerName;
          return (
            <li key={`${slot.practitionerId} ${slot.startAt}`}>
              <Button
                variant="default"
                size="sm"
                fullWidth
                justify="flex-start"
                disabled={disabled}
                className={classes.slot ?? ''}
                data-marked={marked === index || chosen === index || undefined}
                {...(onMark ? { tabIndex: marked === index ? 0 : -1, onFocus: () => onMark(index) } : {})}
                {...(chosen === undefined ? {} : { 'aria-pressed': chosen === index })}
                onClick={() => onPick(slot)}
                {...(marked === index ? { rightSection: <KeyHint keys="Enter" quiet /> } : {})}
              >
                {numbered && <span className={classes.number}>{index + 1}</span>}
                <span className={classes.time}>
                  {day} {time}
                </span>
                <span className={classes.who}>
                  {[name, atOneSite ? '' : slot.locationName].filter(Boolean).join(' · ')}
                </span>
              </Button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** Which free times are looked for: of a doctor, or of anybody at a site. */
interface WantedSlots {
  readonly practitionerId: string | null;
  readonly locationId?: string | null;
  readonly visitTypeId?: VisitTypeId | null;
  readonly from: string;
  readonly minutes: number;
}

/** Free times that are looked up here. */
export function FoundSlots(
  props: Omit<FreeSlotsProps, 'slots' | 'practitionerId'> &
    WantedSlots & {
      /** Leaves out colleagues of the same speciality. */
      readonly ownOnly?: boolean;
    },
) {
  const {
    practitionerId,
    locationId = null,
    visitTypeId = null,
    from,
    minutes,
    ownOnly = false,
    ...rest
  } = props;
  const { data, error, refetch } = useCall(
    'appointments.freeSlots',
    {
      practitionerId: practitionerId as PractitionerId | null,
      locationId: locationId as LocationId | null,
      visitTypeId,
      from,
      minutes,
      limit: 5,
    },
    { keepPrevious: true },
  );
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  const slots = ownOnly ? data?.filter((slot) => slot.practitionerId === practitionerId) : data;
  return <FreeSlots {...rest} practitionerId={practitionerId} slots={slots} />;
}

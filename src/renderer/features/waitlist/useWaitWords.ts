import { useTranslation } from 'react-i18next';
import { formatWallTime } from '#renderer/ui/format.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { weekdayName } from '#renderer/ui/weekdays.ts';
import type { WaitlistEntryView } from '#shared/contract/waitlist.ts';

/** How an entry reads: whom it is for, when it may be, and where it stands. */
export function useWaitWords() {
  const { t } = useTranslation();
  const format = useFormat();
  const who = ({ practitionerName, speciality, locationName }: WaitlistEntryView): string =>
    [
      practitionerName ?? (speciality ? t('waitlist.anyOf', { speciality }) : t('waitlist.anybody')),
      locationName,
    ]
      .filter(Boolean)
      .join(' · ');
  const when = ({ weekdays, startTime, endTime, startDate, endDate }: WaitlistEntryView): string => {
    const days = weekdays.map((day) => weekdayName(day, format.locale, 'short')).join(', ');
    const hours =
      startTime && endTime
        ? `${startTime}–${endTime}`
        : startTime
          ? t('waitlist.fromTime', { time: startTime })
          : endTime && t('waitlist.untilTime', { time: endTime });
    const begins = startDate > format.today() ? format.day(startDate) : null;
    const window = endDate
      ? begins
        ? `${begins} – ${format.day(endDate)}`
        : t('waitlist.untilDay', { day: format.day(endDate) })
      : begins && t('waitlist.fromDay', { day: begins });
    return [days, hours, window].filter(Boolean).join(' · ') || t('waitlist.anyTime');
  };
  const kind = ({ visitTypeName, minutes }: WaitlistEntryView): string =>
    [visitTypeName, t('appointments.book.minutes', { count: minutes })].filter(Boolean).join(' · ');
  const time = (startLocal: string): string =>
    `${format.day(startLocal, 'weekday')} ${formatWallTime(startLocal)}`;
  const state = ({ state: now, offer, lost }: WaitlistEntryView): string => {
    if (now === 'offered' && offer)
      return t('waitlist.offeredUntil', {
        time: time(offer.startLocal),
        name: offer.practitionerName,
        until: format.time(offer.until),
      });
    return lost && now === 'waiting' ? t('waitlist.lost') : t(`waitlist.state.${now}`);
  };
  const since = ({ createdAt }: WaitlistEntryView): string => format.day(createdAt);
  return { who, when, kind, time, state, since };
}

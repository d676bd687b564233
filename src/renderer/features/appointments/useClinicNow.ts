import { useEffect, useState } from 'react';
import { type ClinicNow, minutesOf } from '#renderer/ui/DayBoard/time.ts';
import { dayIn, formatTime } from '#renderer/ui/format.ts';

const at = (timeZone: string): ClinicNow => {
  const now = Date.now();
  const time = formatTime(new Date(now).toISOString(), 'en-GB', timeZone);
  return { date: dayIn(timeZone, now), minute: minutesOf(time) };
};

/** The clinic's day and minute. It is drawn again only when the minute has changed. */
export function useClinicNow(timeZone: string): ClinicNow {
  const [now, setNow] = useState(() => at(timeZone));
  useEffect(() => {
    const look = () =>
      setNow((old) => {
        const next = at(timeZone);
        return next.minute === old.minute && next.date === old.date ? old : next;
      });
    look();
    const timer = setInterval(look, 5000);
    return () => clearInterval(timer);
  }, [timeZone]);
  return now;
}

import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import parts from '#renderer/ui/panel/Parts.module.css';
import { usePerson } from '#renderer/ui/panel/usePerson.ts';
import { QrCode } from '#renderer/ui/QrCode.tsx';
import type { Qr } from '#renderer/ui/qr.ts';
import type { PanelAppointment } from '#shared/contract/panel-booking.ts';
import classes from './PanelBooking.module.css';

/** `text` as a QR code; null until what draws it has been fetched, which is only needed on the day. */
function useQr(text: string): Qr | null {
  const [code, setCode] = useState<Qr | null>(null);
  useEffect(() => {
    let over = false;
    const draw = async () => {
      // Without it the number in words is still there to be typed.
      const drawing = await import('#renderer/ui/qr.ts').catch(() => null);
      if (!over) setCode(drawing?.qrOf(text) ?? null);
    };
    void draw();
    return () => {
      over = true;
    };
  }, [text]);
  return code;
}

interface CheckInCardProps {
  readonly checkIn: NonNullable<PanelAppointment['checkIn']>;
  readonly locationName: string;
}

/** What is shown or typed at the kiosk: the record number, which opens nothing by itself. */
export function CheckInCard({ checkIn: { number, from }, locationName }: CheckInCardProps) {
  const { t } = useTranslation();
  const { person } = usePerson();
  const code = useQr(number);
  return (
    <section className={parts.card} aria-labelledby="check-in">
      <h2 id="check-in">{t('panelBooking.checkIn.title')}</h2>
      {from !== null && <p className={classes.strong}>{t('panelBooking.checkIn.from', { time: from })}</p>}
      <div className={classes.code}>
        {code && (
          <QrCode
            code={code}
            label={t('panelBooking.checkIn.code', { number })}
            className={classes.drawn ?? ''}
          />
        )}
      </div>
      <p className={parts.quiet}>{t('panelBooking.checkIn.text', { site: locationName })}</p>
      <div className={classes.lines}>
        <span className={parts.quiet}>{t('panelBooking.checkIn.number')}</span>
        <strong className={classes.number}>{number}</strong>
      </div>
      <p className={parts.quiet}>
        {person?.relationship === 'self'
          ? t('panelBooking.checkIn.birth')
          : t('panelBooking.checkIn.birthOf', { name: person?.name ?? '' })}
      </p>
    </section>
  );
}

import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import classes from './SignInBound.module.css';
import { useFormat } from './useFormat.ts';

/** Days before nobody may sign in any more at which that is spoken of. */
const warnDays = 2;

/** Says that nobody can sign in here for want of contact with the centre, or that it will soon be so. */
export function SignInBound() {
  const { t } = useTranslation();
  const format = useFormat();
  const status = useCall('sync.status', {}).data;
  if (!status || status.connection === 'live') return null;
  const { signInDaysLeft: left, lastContact, waiting } = status;
  if (left === null || left > warnDays || lastContact === null) return null;
  const since = format.dateTime(lastContact);
  return (
    <div className={classes.bound} role={left === 0 ? 'alert' : 'status'}>
      <p>
        {left === 0 ? t('session.bound.over', { since }) : t('session.bound.soon', { since, count: left })}
      </p>
      {waiting > 0 && <p>{t('app.closed.unsent', { count: waiting })}</p>}
    </div>
  );
}

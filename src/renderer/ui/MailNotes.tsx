import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import classes from './ProtectionNotes.module.css';
import { useFormat } from './useFormat.ts';

const glance = 60_000;
/** What waits longer than a server is busy for; milliseconds. */
const long = 600_000;

/** What is wrong with the e-mails of the host somebody sits at, for who may look after it. */
export function MailNotes() {
  const { t } = useTranslation();
  const format = useFormat();
  const mayLook = mayCall(useCurrentUser(), 'mail.status');
  const { data } = useCall('mail.status', {}, { enabled: mayLook, every: glance });
  if (!data?.on) return null;
  const { waiting, waitingSince, failed } = data;
  const isStuck = waitingSince !== null && Date.parse(waitingSince) < Date.now() - long;
  const late = failed.expired + failed.unreachable;
  const notes = [
    isStuck && t('mail.note.waiting', { count: waiting, since: format.dateTime(waitingSince) }),
    failed.refused > 0 && t('mail.note.refused', { count: failed.refused }),
    late > 0 && t('mail.note.late', { count: late }),
  ].filter((note) => note !== false);
  return notes.map((note) => (
    <p key={note} className={classes.note} role="status">
      {note}
    </p>
  ));
}

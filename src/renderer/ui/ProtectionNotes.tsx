import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import classes from './ProtectionNotes.module.css';

/** Nothing tells when a stick was pulled out. */
const glance = 60_000;

/** What is wrong with the key or the backups of the workstation somebody sits at, for who may look after it. */
export function ProtectionNotes() {
  const { t } = useTranslation();
  const mayLook = mayCall(useCurrentUser(), 'protection.status');
  const { data } = useCall('protection.status', {}, { enabled: mayLook, every: glance });
  return data?.warnings.map((warning) => (
    <p key={warning} className={classes.note} role="status">
      {t(`protection.note.${warning}`)} <Link href="/workstations/protection">{t('protection.look')}</Link>
    </p>
  ));
}

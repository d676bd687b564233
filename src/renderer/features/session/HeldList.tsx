import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { HeldSession } from '#shared/contract/session.ts';
import classes from './SignInScreen.module.css';

interface HeldListProps {
  readonly held: readonly HeldSession[];
  readonly onChoose: (id: string) => void;
}

/** Whose sessions wait here, locked; one press goes on with one's own. */
export function HeldList({ held, onChoose }: HeldListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (held.length === 0) return null;
  return (
    <section className={classes.demo} aria-labelledby="held-sessions">
      <h2 id="held-sessions">{t('session.lock.waiting')}</h2>
      <ul>
        {held.map(({ id, displayName, role, lockedAt }) => (
          <li key={id}>
            <button type="button" className={classes.held} onClick={() => onChoose(id)}>
              <span className={classes.name}>{displayName}</span>
              <span className={classes.quiet}>{t(`common.role.${role}`)}</span>
              <span className={classes.quiet}>
                {t('session.lock.since', { time: format.time(lockedAt) })}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { useTranslation } from 'react-i18next';
import type { WorkstationView } from '#shared/contract/workstations.ts';
import { useMinute } from './useMinute.ts';

/** Milliseconds: a code may be used for so long. */
const recently = 7 * 86_400_000;

/**
 * Names the workstations whose codes were made on a screen of late, so that each administrator sees those of the others, and of
 * somebody who only says that he is one.
 */
export function RecentlyEnrolled({
  workstations,
  className,
}: {
  readonly workstations: readonly WorkstationView[];
  readonly className: string;
}) {
  const { t } = useTranslation();
  const now = useMinute();
  const names = workstations
    .filter(({ state, enrolledFrom, enrolledBy, enrolledAt }) => {
      const isOnScreen = enrolledFrom !== null || enrolledBy !== null;
      return (
        isOnScreen && state !== 'revoked' && state !== 'wiped' && now - Date.parse(enrolledAt) < recently
      );
    })
    .map(({ name, enrolledBy }) => (enrolledBy === null ? name : `${name} (${enrolledBy})`));
  if (names.length === 0) return null;
  return <p className={className}>{t('workstations.recent', { names: names.join(', ') })}</p>;
}

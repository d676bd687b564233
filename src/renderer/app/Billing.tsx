import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import classes from './Billing.module.css';
import { billingTabs } from './billing-tabs.ts';

interface BillingProps {
  readonly user: SignedInUser;
  /** From the address; none is the first. */
  readonly tab: string | undefined;
}

const pathOf = (tab: string): string => `/billing/${tab}`;

/** Everything about money, part by part; somebody has the parts they may open. */
export function Billing({ user, tab }: BillingProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const own = billingTabs.filter(({ needs }) => user.permissions.includes(needs));
  const shown = own.find((one) => one.tab === tab) ?? own[0];
  useKeys(
    t('app.nav.billing'),
    own.map((one, index) => ({
      keys: String(index + 1),
      label: t(`billing.tab.${one.tab}`),
      run: () => navigate(pathOf(one.tab)),
    })),
  );
  if (shown === undefined) return null;
  const Part = shown.component;
  return (
    <div className={classes.billing}>
      <nav className={classes.tabs} aria-label={t('billing.tabs')}>
        {own.map((one, index) => (
          <Link
            key={one.tab}
            href={pathOf(one.tab)}
            className={classes.tab}
            aria-current={one === shown ? 'page' : undefined}
          >
            {t(`billing.tab.${one.tab}`)} <KeyHint keys={String(index + 1)} quiet />
          </Link>
        ))}
      </nav>
      <div className={classes.part}>
        <Part key={shown.tab} />
      </div>
    </div>
  );
}

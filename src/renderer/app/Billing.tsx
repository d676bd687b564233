import { useTranslation } from 'react-i18next';
import { Parts } from '#renderer/ui/Parts.tsx';
import type { SignedInUser } from '#shared/contract/session.ts';
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
  const own = billingTabs.filter(({ needs }) => user.permissions.includes(needs));
  const shown = own.find((one) => one.tab === tab) ?? own[0];
  if (shown === undefined) return null;
  const Part = shown.component;
  return (
    <Parts
      title={t('app.nav.billing')}
      label={t('billing.tabs')}
      parts={own.map((one) => ({ path: pathOf(one.tab), word: t(`billing.tab.${one.tab}`) }))}
      shown={pathOf(shown.tab)}
    >
      <Part key={shown.tab} />
    </Parts>
  );
}

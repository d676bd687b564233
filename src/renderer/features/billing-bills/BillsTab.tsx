import { useTranslation } from 'react-i18next';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';

/** What patients were billed. */
export function BillsTab() {
  const { t } = useTranslation();
  return <EmptyState text={t('billing.none')} />;
}

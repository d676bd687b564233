import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface StandsNoticeProps {
  /** What others made of fields that were changed here too: what the field is called, and what it says now. */
  readonly fields: readonly { readonly label: string; readonly value: string }[];
}

/** Says what stands now of a record that somebody else changed meanwhile; nothing while nobody did. */
export function StandsNotice({ fields }: StandsNoticeProps) {
  const { t } = useTranslation();
  if (fields.length === 0) return null;
  return (
    <Alert color="yellow" variant="light" role="status" title={t('common.stands.title')}>
      {t('common.stands.text')}
      <dl>
        {fields.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value || t('common.stands.nothing')}</dd>
          </div>
        ))}
      </dl>
    </Alert>
  );
}

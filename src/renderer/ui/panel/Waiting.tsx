import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Something is on its way. */
export function Waiting() {
  const { t } = useTranslation();
  return (
    <div role="status">
      <Loader m="xl" aria-hidden />
      <span className="visually-hidden">{t('common.loading')}</span>
    </div>
  );
}

import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/ui/useFormat.ts';

/** How large a file is, in words. */
export function useFileSize(): (bytes: number) => string {
  const { t } = useTranslation();
  const { locale } = useFormat();
  return (bytes) => {
    const isSmall = bytes < 1_000_000;
    const size = new Intl.NumberFormat(locale, { maximumFractionDigits: isSmall ? 0 : 1 }).format(
      isSmall ? Math.max(1, bytes / 1024) : bytes / (1024 * 1024),
    );
    return t(isSmall ? 'documents.size.kb' : 'documents.size.mb', { size });
  };
}

import { useTranslation } from 'react-i18next';

/** An instant on this computer's clock: no site is known yet whose time zone would count. */
export function useWhen(): (at: string) => string {
  const { i18n } = useTranslation();
  return (at) => new Date(at).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
}

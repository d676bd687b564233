import { useTranslation } from 'react-i18next';
import { SlipSheet } from '#renderer/ui/SlipSheet.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { AccountView, IssuedCode } from '#shared/contract/accounts.ts';

interface CodeSheetProps {
  readonly issued: IssuedCode;
  readonly account: AccountView;
  readonly onClose: () => void;
}

/** A person's one-time code. */
export function CodeSheet({ issued, account, onClose }: CodeSheetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <SlipSheet
      title={t('accounts.codeTitle')}
      code={issued.code}
      above={
        <>
          <strong>{t('accounts.codeFor', { name: account.displayName })}</strong>
          <br />
          {t('accounts.codeUser', { username: account.username })}
        </>
      }
      below={
        <>
          <p>{t('accounts.codeHow')}</p>
          <p>{t('accounts.codeUntil', { when: format.dateTime(issued.until) })}</p>
        </>
      }
      note={t('accounts.codeOnce')}
      onClose={onClose}
    />
  );
}

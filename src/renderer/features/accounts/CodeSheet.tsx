import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { AccountView, IssuedCode } from '#shared/contract/accounts.ts';
import classes from './UsersScreen.module.css';

interface CodeSheetProps {
  readonly issued: IssuedCode;
  readonly account: AccountView;
  readonly onClose: () => void;
}

/** A one-time code, shown once: on the screen to be read out, on paper to be handed over. */
export function CodeSheet({ issued, account, onClose }: CodeSheetProps) {
  const { t } = useTranslation();
  return (
    <SideSheet
      title={t('accounts.codeTitle')}
      onClose={onClose}
      footer={
        <>
          <Button data-autofocus onClick={onClose}>
            {t('accounts.done')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconPrinter size={16} stroke={1.6} aria-hidden />}
            onClick={() => window.print()}
          >
            {t('accounts.print')}
          </Button>
        </>
      }
    >
      <Slip issued={issued} account={account} />
      <p className={classes.quiet}>{t('accounts.codeOnce')}</p>
      {createPortal(
        <div className={classes.printed} aria-hidden>
          <Slip issued={issued} account={account} />
        </div>,
        document.body,
      )}
    </SideSheet>
  );
}

function Slip({ issued, account }: Pick<CodeSheetProps, 'issued' | 'account'>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={classes.slip}>
      <p>
        <strong>{t('accounts.codeFor', { name: account.displayName })}</strong>
        <br />
        {t('accounts.codeUser', { username: account.username })}
      </p>
      <div className={classes.code}>{issued.code}</div>
      <p>{t('accounts.codeHow')}</p>
      <p>{t('accounts.codeUntil', { when: format.dateTime(issued.until) })}</p>
    </div>
  );
}

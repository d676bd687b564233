import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import classes from '#renderer/ui/Form.module.css';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PatientAccountView } from '#shared/contract/panel-desk.ts';

interface PatientAccountSheetProps {
  readonly account: PatientAccountView;
  readonly onClose: () => void;
}

/** One account of a patient, and what an administrator does to it. Its secrets are nobody's here. */
export function PatientAccountSheet({ account, onClose }: PatientAccountSheetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const user = useCurrentUser();
  const setActive = useCommand('panelAccounts.setActive');
  const signOut = useCommand('panelAccounts.signOut');
  const { id, active, displayName: name } = account;
  const told = (done: string) => ({
    onSuccess: () => {
      toast(done);
      onClose();
    },
    onError: (failure: unknown) => toast(errorText(t, failure), { tone: 'problem' }),
  });
  return (
    <SideSheet title={name} onClose={onClose}>
      <p className={classes.quiet}>{account.email}</p>
      <p className={classes.quiet}>
        {t('panelDesk.accounts.verified')}: {format.dateTime(account.verifiedAt)}
      </p>
      {mayCall(user, 'panelAccounts.setActive') && (
        <div className={classes.acts}>
          {active && (
            <div className={classes.act}>
              <Button
                variant="default"
                data-autofocus
                loading={signOut.isPending}
                onClick={() => signOut.mutate({ id }, told(t('panelDesk.accounts.wasSignedOut', { name })))}
              >
                {t('panelDesk.accounts.signOut')}
              </Button>
              <p className={classes.quiet}>{t('panelDesk.accounts.signOutHint')}</p>
            </div>
          )}
          <div className={classes.act}>
            <Button
              variant="default"
              loading={setActive.isPending}
              onClick={() =>
                setActive.mutate(
                  { id, active: !active },
                  told(t(active ? 'panelDesk.accounts.wasClosed' : 'panelDesk.accounts.wasOpened', { name })),
                )
              }
            >
              {t(active ? 'panelDesk.accounts.close' : 'panelDesk.accounts.reopen')}
            </Button>
            {active && <p className={classes.quiet}>{t('panelDesk.accounts.closeHint')}</p>}
          </div>
        </div>
      )}
    </SideSheet>
  );
}

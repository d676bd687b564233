import { Alert, Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { endSession } from '#renderer/client/provider.tsx';
import { errorText } from '#renderer/ui/error-text.ts';
import classes from './Kiosk.module.css';

const toClinic = () => window.location.assign('/');

/** Somebody of the clinic is signed in in this browser, and may hand it over. */
export function ArmScreen() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const arm = useCommand('kiosk.arm');
  const make = () =>
    arm.mutate(
      {},
      {
        onSuccess: () => {
          endSession(queries);
          void queries.invalidateQueries();
        },
      },
    );
  return (
    <main className={classes.page}>
      <h1 className={classes.title}>{t('kiosk.arm.title')}</h1>
      <p className={classes.text}>{t('kiosk.arm.text')}</p>
      {arm.error && (
        <Alert color="red" variant="light" role="alert">
          {errorText(t, arm.error)}
        </Alert>
      )}
      <div className={classes.actions}>
        <Button className={classes.big ?? ''} loading={arm.isPending} onClick={make}>
          {t('kiosk.arm.make')}
        </Button>
        <Button variant="default" className={classes.big ?? ''} onClick={toClinic}>
          {t('kiosk.arm.back')}
        </Button>
      </div>
    </main>
  );
}

/** Nobody is signed in, or somebody who does not check patients in. */
export function NotYetScreen() {
  const { t } = useTranslation();
  return (
    <main className={classes.page}>
      <h1 className={classes.title}>{t('kiosk.notYet.title')}</h1>
      <p className={classes.text}>{t('kiosk.notYet.text')}</p>
      <div className={classes.actions}>
        <Button variant="default" className={classes.big ?? ''} onClick={toClinic}>
          {t('kiosk.notYet.signIn')}
        </Button>
      </div>
    </main>
  );
}

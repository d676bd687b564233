import { Button } from '@mantine/core';
import { IconFileDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { download } from '#renderer/ui/download.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { toast } from '#renderer/ui/toasts.ts';
import type { Diagnostics } from '#shared/contract/diagnostics.ts';
import classes from './DiagnosticsButton.module.css';

/** A name that says which workstation and when, without a sign that some system does not take. */
const nameOf = ({ database, madeAt }: Diagnostics): string =>
  `clinichub-diagnostics-${database?.deviceNo ?? 0}-${madeAt.slice(0, 19).replaceAll(/[^0-9]/g, '')}.json`;

/** Saves a file for whoever helps with this workstation. */
export function DiagnosticsButton() {
  const { t } = useTranslation();
  const make = useCommand('diagnostics.export');
  const save = () =>
    make.mutate(
      {},
      {
        onError: (failure) => toast(errorText(t, failure), { tone: 'problem' }),
        onSuccess: (found) => {
          download(nameOf(found), `${JSON.stringify(found, null, 2)}\n`, 'application/json');
          toast(t('app.identity.diagnosticsSaved'));
        },
      },
    );
  return (
    <div>
      <Button
        variant="default"
        size="xs"
        fullWidth
        loading={make.isPending}
        leftSection={<IconFileDownload size={16} stroke={1.6} />}
        onClick={save}
      >
        {t('app.identity.diagnostics')}
      </Button>
      <div className={classes.hint}>{t('app.identity.diagnosticsHint')}</div>
    </div>
  );
}

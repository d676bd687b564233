import { Loader, MantineProvider } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cssVariables, styleNonce, theme } from '#renderer/app/theme.ts';
import { useApplyPreferences } from '#renderer/app/useApplyPreferences.ts';
import type { Transport } from '#renderer/client/transport.ts';
import { RecoveryKeyCard } from '#renderer/ui/RecoveryKeyCard.tsx';
import type { StartReply } from '#shared/contract/start.ts';
import { EnrolPage } from './EnrolPage.tsx';
import { RecoverPage } from './RecoverPage.tsx';
import { RestorePage } from './RestorePage.tsx';
import classes from './Start.module.css';
import { type AskStart, startClient } from './start-client.ts';

/** How soon it is asked again what comes next, milliseconds. */
const glance = 400;

/** The window before the workstation can open: what is missing is asked for here, a page each. */
export function StartApp({ transport }: { readonly transport: Transport }) {
  useApplyPreferences();
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <Start transport={transport} />
    </MantineProvider>
  );
}

function Start({ transport }: { readonly transport: Transport }) {
  const { t } = useTranslation();
  const [client] = useState(() => startClient(transport));
  const [reply, setReply] = useState<StartReply | null>(null);
  const ask = useCallback<AskStart>(
    async (name, input) => {
      const next = await client(name, input);
      if (next !== null) setReply(next);
      return next;
    },
    [client],
  );
  const isOpening = reply === null || reply.state.step === 'opening';
  useEffect(() => {
    if (!isOpening) return;
    void ask('start.state', {});
    const timer = setInterval(() => void ask('start.state', {}), glance);
    return () => clearInterval(timer);
  }, [ask, isOpening]);
  return (
    <main className={classes.page} aria-busy={isOpening}>
      {isOpening ? (
        <div className={classes.opening} role="status">
          <Loader size="sm" aria-hidden />
          <h1>{t('protection.start.opening')}</h1>
        </div>
      ) : (
        <div className={classes.card}>
          <Step key={reply.state.step} reply={reply} ask={ask} />
        </div>
      )}
    </main>
  );
}

function Step({ reply, ask }: { readonly reply: StartReply; readonly ask: AskStart }) {
  const { t } = useTranslation();
  const [isRestoring, setRestoring] = useState(false);
  const { state } = reply;
  if (state.step === 'keep')
    return (
      <>
        <h1>{t('protection.start.keep.title')}</h1>
        <RecoveryKeyCard
          recoveryKey={state.recoveryKey ?? ''}
          name={state.name}
          onKeep={async (lastGroup) => (await ask('start.keep', { lastGroup }))?.problem === null}
          onLater={() => void ask('start.later', {})}
        />
        <p className={classes.quiet}>{t('protection.start.keep.laterHint')}</p>
      </>
    );
  if (isRestoring) return <RestorePage reply={reply} ask={ask} onBack={() => setRestoring(false)} />;
  if (state.step === 'recover')
    return <RecoverPage reply={reply} ask={ask} onRestore={() => setRestoring(true)} />;
  return <EnrolPage reply={reply} ask={ask} onRestore={() => setRestoring(true)} />;
}

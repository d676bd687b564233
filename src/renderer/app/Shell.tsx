import { useDisclosure } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { rememberUser } from '#renderer/features/session/places.ts';
import { useFix } from '#renderer/features/sync/fix-store.ts';
import { useKeyListener, useKeys } from '#renderer/ui/keys/useKeys.ts';
import { SheetSlot } from '#renderer/ui/SideSheet.tsx';
import { StatusLine } from '#renderer/ui/StatusLine.tsx';
import { useToasts } from '#renderer/ui/toasts.ts';
import { WaitingLimitsProvider } from '#renderer/ui/visits/waiting-limits.tsx';
import type { SignedInUser } from '#shared/contract/session.ts';
import { ActivityReport } from './ActivityReport.tsx';
import { areasOf } from './areas.ts';
import { Clinic } from './Clinic.tsx';
import { Find } from './Find.tsx';
import { leaveFind, openFind } from './find-store.ts';
import { Header } from './Header.tsx';
import { KeysOverlay } from './KeysOverlay.tsx';
import { Rail } from './Rail.tsx';
import { Routes } from './Routes.tsx';
import { SafeScreen } from './SafeScreen.tsx';
import classes from './Shell.module.css';
import { sectionsOf } from './sections.ts';
import { lockKeys, useLock } from './useLock.ts';
import { useScannedPatient } from './useScannedPatient.ts';

/** The frame of every role: rail, header, the work, sheets beside it, and the status line under it. */
export function Shell({ user }: { user: SignedInUser }) {
  const { t } = useTranslation();
  const [location, navigate] = useLocation();
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const [keysShown, keys] = useDisclosure(false);
  const areas = areasOf(user);
  const sections = sectionsOf(user);
  const lock = useLock();
  useLeavingNothing(user.id);
  useScannedPatient();
  useKeyListener();
  useFocusInWork(location);
  const closeKeys = keys.close;
  // A scan may go elsewhere while the keys are shown.
  useEffect(closeKeys, [location, closeKeys]);
  useKeys(
    t('app.keys.everywhere'),
    [
      { keys: 'mod+k', label: t('app.find.open'), run: openFind, inFields: true },
      {
        keys: lockKeys,
        label: t('app.identity.lock'),
        run: () => void lock(),
        inFields: true,
        inModals: true,
      },
      { keys: '?', label: t('app.keys.show'), run: keys.open },
      ...[...areas, ...sections].flatMap(({ keys: goes, name, path }) =>
        goes === undefined
          ? []
          : [
              {
                keys: goes,
                label: t('app.nav.go', { area: t(`app.nav.${name}`) }),
                run: () => navigate(path),
              },
            ],
      ),
    ],
    { layer: 'frame' },
  );
  return (
    <SheetSlot.Provider value={slot}>
      <ActivityReport />
      <div className={classes.shell}>
        <button
          type="button"
          className={classes.skip}
          onClick={() => document.getElementById('work')?.focus()}
        >
          {t('app.skip')}
        </button>
        <Rail areas={areas} sections={sections} />
        <Header user={user} onFind={openFind} />
        <main id="work" tabIndex={-1} className={classes.work}>
          <Clinic sections={sections} location={location}>
            <SafeScreen key={location.split('/')[1]}>
              <WaitingLimitsProvider>
                <Routes user={user} />
              </WaitingLimitsProvider>
            </SafeScreen>
          </Clinic>
        </main>
        <div ref={setSlot} className={classes.sheets} />
        <div className={classes.status}>
          <StatusLine onShowKeys={keys.open} />
        </div>
      </div>
      <KeysOverlay opened={keysShown} onClose={keys.close} />
      <Find user={user} areas={areas} sections={sections} />
    </SheetSlot.Provider>
  );
}

/** What was said and opened for one person is not there for the next. */
function useLeavingNothing(userId: string): void {
  useEffect(() => {
    rememberUser(userId);
    return () => {
      useToasts.setState({ current: null });
      useFix.getState().close();
      leaveFind();
    };
  }, [userId]);
}

/** A screen that goes takes the focus with it; then it is put into the work, where keys and the reader go on. */
function useFocusInWork(location: string): void {
  useEffect(() => {
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) document.getElementById('work')?.focus();
  }, [location]);
}

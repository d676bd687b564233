import { Button, NativeSelect } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { endSession } from '#renderer/client/provider.tsx';
import { Tools } from '#renderer/ui/panel/Tools.tsx';
import { usePerson } from '#renderer/ui/panel/usePerson.ts';
import { Waiting } from '#renderer/ui/panel/Waiting.tsx';
import { Activity } from './Activity.tsx';
import { Frame } from './Frame.tsx';
import classes from './Panel.module.css';
import { Begin, byways, places } from './places.ts';

/** Patients hear of no change: whom they look after is asked again. */
const askedAgain = 30_000;

/** For whom: there is something to choose once there are two. */
function Person() {
  const { t } = useTranslation();
  const { people, person, choose } = usePerson();
  if (people.length < 2) return null;
  return (
    <div className={classes.person}>
      <span aria-hidden="true">{t('panelAccount.person')}</span>
      <NativeSelect
        aria-label={t('panelAccount.person')}
        data={people.map(({ patientId, name }) => ({ value: patientId, label: name }))}
        value={person?.patientId ?? ''}
        onChange={(event) => choose(event.currentTarget.value)}
      />
    </div>
  );
}

function SignOut() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const signOut = useCommand('panel.signOut');
  const go = async () => {
    try {
      await signOut.mutateAsync({});
    } catch (failure) {
      // A session that is still open is not called closed.
      if (failure instanceof AppErrorException && failure.error.code === 'unavailable') return;
    }
    // Who leaves by themselves begins anew, and so does who comes next: nothing typed or chosen is left in the page.
    navigate('/welcome');
    endSession(queries);
    window.location.reload();
  };
  return (
    <>
      <Button variant="default" loading={signOut.isPending} onClick={() => void go()}>
        {t('panel.signOut')}
      </Button>
      {signOut.error?.error.code === 'unavailable' && (
        <p role="alert" className={classes.still}>
          {t('panel.stillSignedIn')}
        </p>
      )}
    </>
  );
}

/** The frame of a signed-in patient: where one is, where one can go, and the way out. */
export function PanelShell() {
  const { t } = useTranslation();
  const [location] = useLocation();
  const { data, isPending } = useCall('panel.me', {}, { every: askedAgain });
  const { person } = usePerson();
  const isThere = ({ path }: { readonly path: string }) =>
    location === path || location.startsWith(`${path}/`);
  const byway = byways.find(isThere);
  const here = places.find(isThere) ?? (byway === undefined ? places[0] : undefined);
  // An account that looks after nobody yet has nothing to show anywhere but about itself.
  const isNobodys = data?.people.length === 0 && byway === undefined && here?.word !== 'profile';
  const Screen = isNobodys ? Begin : (byway ?? here)?.screen;
  return (
    <Frame
      title={t(`panel.place.${here?.word ?? 'home'}`)}
      header={
        <>
          <div className={classes.tools}>
            <div className={classes.roomy}>
              <Tools />
            </div>
            <SignOut />
          </div>
          <Person />
        </>
      }
      nav={
        <nav className={classes.nav} aria-label={t('panel.title')}>
          {places.map(({ path, word, icon: Icon }) => (
            <Link key={path} href={path} aria-current={here?.path === path ? 'page' : undefined}>
              <Icon size={22} aria-hidden="true" />
              {t(`panel.place.${word}`)}
            </Link>
          ))}
        </nav>
      }
    >
      <Activity />
      {person?.approved === false && <p className={classes.waiting}>{t('panelAccount.waiting')}</p>}
      {isPending ? <Waiting /> : Screen && <Screen />}
    </Frame>
  );
}

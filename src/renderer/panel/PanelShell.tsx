import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useCommand } from '#renderer/client/calls.ts';
import { endSession } from '#renderer/client/provider.tsx';
import { usePerson } from '#renderer/ui/panel/usePerson.ts';
import classes from './Panel.module.css';
import { byways, places } from './places.ts';

/** The frame of a signed-in patient: where one is, where one can go, and the way out. */
export function PanelShell() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [location] = useLocation();
  const { person } = usePerson();
  const signOut = useCommand('panel.signOut');
  const isThere = ({ path }: { readonly path: string }) =>
    location === path || location.startsWith(`${path}/`);
  const byway = byways.find(isThere);
  const here = places.find(isThere) ?? (byway === undefined ? places[0] : undefined);
  const Screen = (byway ?? here)?.screen;
  return (
    <div className={classes.frame}>
      <header className={classes.header}>
        <span>{person?.name}</span>
        <Button
          variant="default"
          loading={signOut.isPending}
          onClick={() => void signOut.mutateAsync({}).finally(() => endSession(queries))}
        >
          {t('panel.signOut')}
        </Button>
      </header>
      <nav className={classes.nav} aria-label={t('panel.title')}>
        {places.map(({ path, word, icon: Icon }) => (
          <Link key={path} href={path} aria-current={here?.path === path ? 'page' : undefined}>
            <Icon size={22} aria-hidden="true" />
            {t(`panel.place.${word}`)}
          </Link>
        ))}
      </nav>
      <main className={classes.main}>{Screen && <Screen />}</main>
    </div>
  );
}

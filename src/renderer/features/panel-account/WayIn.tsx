import { Button } from '@mantine/core';
import { IconCalendarPlus, IconFileText, IconUsers } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { beginSession } from '#renderer/client/provider.tsx';
import { Page } from '#renderer/ui/panel/Page.tsx';
import type { SignedInUser } from '#shared/contract/session.ts';
import { linkCodePath } from '#shared/domain/panel/link-code.ts';
import classes from './Account.module.css';
import { Forgotten } from './Forgotten.tsx';
import { Login } from './Login.tsx';
import { Register } from './Register.tsx';

const ways = ['/welcome', '/login', '/register', '/forgotten'];
const isCode = (location: string): boolean => location.startsWith(linkCodePath());

function Welcome({ withCode }: { withCode: boolean }) {
  const { t } = useTranslation();
  const clinic = useCall('app.info', {}).data?.clinic ?? '';
  return (
    <Page title={withCode ? t('panelAccount.withCode') : t('panelAccount.homeTitle', { clinic })}>
      {withCode ? (
        <p>{t('panelAccount.withCodeWhy')}</p>
      ) : (
        <ul className={classes.can}>
          <li>
            <IconCalendarPlus size={20} aria-hidden />
            {t('panelAccount.can.book')}
          </li>
          <li>
            <IconFileText size={20} aria-hidden />
            {t('panelAccount.can.records')}
          </li>
          <li>
            <IconUsers size={20} aria-hidden />
            {t('panelAccount.can.family')}
          </li>
        </ul>
      )}
      <Button component={Link} href="/login" size="lg">
        {t('panelAccount.login')}
      </Button>
      <Button component={Link} href="/register" size="lg" variant="default">
        {t('panelAccount.register')}
      </Button>
      {!withCode && (
        <Button component={Link} href={linkCodePath()} size="lg" variant="default">
          {t('panelAccount.haveCode')}
        </Button>
      )}
    </Page>
  );
}

/**
 * The ways in for whoever is not signed in. Where they were going, or were when their session ended, is where they come to afterwards.
 * `was`: who was signed in here until their session ended. Nothing that they looked for or chose is there for somebody else.
 */
export function WayIn({ was }: { readonly was: string | null }) {
  const ended = was !== null;
  const queries = useQueryClient();
  const [location, navigate] = useLocation();
  const [goal, setGoal] = useState('/');
  useEffect(() => {
    if (!ways.includes(location)) setGoal(location);
    // Whoever left by themselves begins anew, but for a code they came with.
    else if (location === '/welcome') setGoal((before) => (isCode(before) ? before : '/'));
  }, [location]);
  const onIn = (user: SignedInUser) => {
    const isOther = was !== null && was !== user.id;
    navigate(isOther ? '/' : goal);
    beginSession(queries, user);
    if (isOther) window.location.reload();
  };
  switch (location) {
    case '/login':
      return <Login onIn={onIn} ended={ended} />;
    case '/register':
      return <Register onIn={onIn} />;
    case '/forgotten':
      return <Forgotten onIn={onIn} />;
    case '/welcome':
      return <Welcome withCode={isCode(goal)} />;
    default:
      return ended ? <Login onIn={onIn} ended /> : <Welcome withCode={isCode(location)} />;
  }
}

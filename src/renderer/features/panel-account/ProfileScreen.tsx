import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Page } from '#renderer/ui/panel/Page.tsx';
import { Tools } from '#renderer/ui/panel/Tools.tsx';
import { usePerson } from '#renderer/ui/panel/usePerson.ts';
import classes from './Account.module.css';
import { AccountPage } from './AccountPage.tsx';
import { History } from './History.tsx';
import { People } from './People.tsx';
import { Way } from './parts.tsx';
import { Record } from './Record.tsx';
import { SessionsPage } from './SessionsPage.tsx';

const pages = ['record', 'history', 'people', 'account', 'sessions'] as const;

/** What there is to see and change about oneself, each on a page of its own. */
export function ProfileScreen() {
  const { t } = useTranslation();
  const [location] = useLocation();
  const { person } = usePerson();
  const page = pages.find((one) => location === `/profile/${one}`);
  const patientId = person?.patientId;
  if (page === 'people') return <People />;
  if (page === 'account') return <AccountPage />;
  if (page === 'sessions') return <SessionsPage />;
  if (page === 'record' && patientId !== undefined) return <Record key={patientId} patientId={patientId} />;
  if (page === 'history' && patientId !== undefined) return <History patientId={patientId} />;
  return (
    <Page title={t('panelAccount.profile')}>
      {person && (
        <section className={classes.ways} aria-label={person.name}>
          <h2>{person.name}</h2>
          <Way href="/profile/record" title={t('panelAccount.record')} why={t('panelAccount.recordWhy')} />
          <Way href="/profile/history" title={t('panelAccount.history')} why={t('panelAccount.historyWhy')} />
        </section>
      )}
      <section className={classes.ways} aria-label={t('panelAccount.account')}>
        <Way href="/profile/people" title={t('panelAccount.people')} why={t('panelAccount.peopleWhy')} />
        <Way href="/calendar" title={t('panelAccount.calendar')} why={t('panelAccount.calendarWhy')} />
        <Way href="/profile/account" title={t('panelAccount.account')} why={t('panelAccount.accountWhy')} />
        <Way
          href="/profile/sessions"
          title={t('panelAccount.sessions')}
          why={t('panelAccount.sessionsWhy')}
        />
      </section>
      <div className={classes.display}>
        <Tools />
      </div>
    </Page>
  );
}

import type { FeatureDeps } from '#main/core/deps.ts';
import { letterheadOf } from '#main/core/letterhead.ts';
import type { Letter, Mail } from '#main/core/mail/mail.ts';
import { mailText } from '#main/core/mail/mail-text.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { AppointmentStatus, ParticipantStatus } from '#shared/domain/appointments/status.ts';
import { type PanelState, panelStateOf } from '#shared/domain/panel-booking/state.ts';
import { newsOf, type Standing } from '#shared/domain/panel-news/news.ts';
import { catalogues } from '#shared/i18n/catalogues.ts';
import type { Language } from '#shared/i18n/languages.ts';
import {
  accountById,
  atOnce,
  decidedLinks,
  gone,
  hasLost,
  newAppointments,
  newLinks,
  type WatchedAppointment,
  watchedAppointments,
} from './repository.ts';

export interface PanelNewsDeps extends Pick<FeatureDeps, 'store' | 'clock' | 'log' | 'settings' | 'home'> {
  readonly mail: Mail;
}

/** Tells patients by e-mail what became of what they asked for at this host. */
export interface PanelNews {
  /** A commit changed these tables. */
  heard(tables: readonly string[]): void;
  stop(): void;
}

interface Message extends Pick<Letter, 'kind' | 'until'> {
  /** In whose name it is said. */
  readonly siteId: string | null;
  readonly say: (
    language: Language,
    to: { readonly name: string; readonly clinic: string },
  ) => ReturnType<typeof mailText>;
}

const header = { kind: 'mail.news', user: null } as const;
/** Changes come in bursts; milliseconds. */
const calm = 500;

const standingOf = (row: WatchedAppointment, isKnown: boolean): Standing => {
  const state = panelStateOf({
    status: row.status as AppointmentStatus,
    participantStatus: row.participant_status as ParticipantStatus,
    needsRebooking: row.needs_rebooking === 1,
    proposedStartAt: row.proposed_start_at,
    isKnown,
  });
  const isProposed = state === 'reschedule-proposed' && row.proposed_start_at !== null;
  return { state, at: isProposed ? (row.proposed_start_at ?? row.start_at) : row.start_at };
};

export const createPanelNews = (deps: PanelNewsDeps): PanelNews => {
  const { store, clock, log, mail } = deps;
  let isRegistering = false;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  /** Puts what is said into the queue; nothing is sent to an account that is closed. */
  const send = (writer: LocalWriter, accountId: string | null, message: Message) => {
    const account = accountId === null ? undefined : accountById(writer, accountId);
    if (account === undefined) return;
    const { email, display_name: name, language } = account;
    const spoken = Object.hasOwn(catalogues, language) ? (language as Language) : 'en';
    const clinic = letterheadOf(store, deps.settings, message.siteId).name;
    const { kind, until } = message;
    mail.send(
      { kind, until, to: { name, address: email }, ...message.say(spoken, { name, clinic }) },
      writer,
    );
  };

  const register = () => {
    if (stopped || !store.ready()) return;
    const appointments = newAppointments(store);
    const links = newLinks(store);
    if (appointments.length + links.length === 0) return;
    store.mutate(header, (writer) => {
      for (const { id, start_at } of appointments)
        writer.keep('panel_news', { id, tbl: 'appointment', state: 'to-be-confirmed', at: start_at });
      for (const { id, status, requested_at } of links)
        writer.keep('panel_news', { id, tbl: 'patient_account_link', state: status, at: requested_at });
    });
  };

  const tellAppointment = (row: WatchedAppointment, isKnown: boolean) => {
    const before: Standing = { state: row.told_state as PanelState, at: row.told_at };
    const now = standingOf(row, isKnown);
    const isPast = Date.parse(row.start_at) <= clock.now();
    const { news, told } = isPast ? { news: null, told: null } : newsOf(before, now);
    if (news === null && told?.state === before.state && told.at === before.at) return;
    const place = [row.site_name, row.site_address].filter(Boolean).join(', ');
    store.mutate(header, (writer) => {
      if (told === null) writer.drop('panel_news', row.id);
      else writer.keep('panel_news', { id: row.id, tbl: 'appointment', ...told });
      if (news === null || hasLost(writer, row.created_by ?? '', row.patient_id)) return;
      const kind = `appointment-${news}` as const;
      const values = { startAt: Date.parse(now.at), place, timeZone: row.time_zone };
      send(writer, row.created_by, {
        kind,
        siteId: row.location_id,
        until: Date.parse(row.start_at),
        say: (language, to) => mailText(kind, language, { ...to, ...values }),
      });
    });
  };

  const tellLinks = () => {
    const decided = decidedLinks(store);
    const uncertain = store.uncertain(
      'patient_account_link',
      decided.map(({ id }) => id),
    );
    const links = decided.filter(({ id }) => !uncertain.has(id));
    const words = { approved: 'link-approved', refused: 'link-refused' } as const;
    const { timeZone } = deps.home();
    if (links.length === 0) return;
    store.mutate(header, (writer) => {
      for (const { id, account_id, status, told_state } of links) {
        writer.drop('panel_news', id);
        if ((status !== 'approved' && status !== 'refused') || status === told_state) continue;
        const kind = words[status];
        send(writer, account_id, {
          kind,
          siteId: store.workstation()?.locationId ?? null,
          until: null,
          say: (language, to) => mailText(kind, language, { ...to, timeZone }),
        });
      }
    });
  };

  const tell = () => {
    if (stopped || !store.ready()) return;
    register();
    const lost = gone(store);
    if (lost.length > 0)
      store.mutate(header, (writer) => {
        for (const { id } of lost) writer.drop('panel_news', id);
      });
    let after = '';
    for (let rows = watchedAppointments(store, after); rows.length > 0; ) {
      const uncertain = store.uncertain(
        'appointment',
        rows.map(({ id }) => id),
      );
      for (const row of rows) tellAppointment(row, !uncertain.has(row.id));
      after = rows.at(-1)?.id ?? '';
      rows = rows.length < atOnce ? [] : watchedAppointments(store, after);
    }
    tellLinks();
  };

  const guarded = (work: () => void) => {
    try {
      work();
    } catch (error) {
      log.error('panel news failed', error);
    }
  };

  return {
    heard: (tables) => {
      if (!mail.on || stopped) return;
      if (!tables.includes('appointment') && !tables.includes('patient_account_link')) return;
      // At once, while the centre has not had what was asked for just now.
      if (!isRegistering)
        setImmediate(() => {
          isRegistering = false;
          guarded(register);
        });
      isRegistering = true;
      timer ??= setTimeout(() => {
        timer = undefined;
        guarded(tell);
      }, calm).unref();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
};

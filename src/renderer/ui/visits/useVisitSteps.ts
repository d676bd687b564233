import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { useCurrentUser } from '#renderer/client/session.ts';
import type { VisitDone, VisitView } from '#shared/contract/visits.ts';
import {
  type Moment,
  nextSteps,
  stepOfKey,
  type Visit,
  type VisitStep,
} from '#shared/domain/visits/steps.ts';
import { priorityAfter } from '#shared/domain/visits/waiting.ts';
import { errorText } from '../error-text.ts';
import { dayIn } from '../format.ts';
import { toast } from '../toasts.ts';
import { useFormat } from '../useFormat.ts';
import { useUndos } from './undos.ts';
import { stateText } from './visit-words.ts';

/** As much of a visit as its steps need; an appointment of the day board is one, too. */
export type Steppable = Pick<
  VisitView,
  | 'id'
  | 'status'
  | 'stage'
  | 'stageAt'
  | 'startAt'
  | 'startLocal'
  | 'patientName'
  | 'priority'
  | 'needsRebooking'
>;

const asVisit = (visit: Steppable): Visit => ({ ...visit, voided: false });
const wasOf = ({ id, status, stage }: Steppable) => ({ id, was: { status, stage } });

/** Takes back what was done, here and in the line below. */
export function useUndoVisit() {
  const { t } = useTranslation();
  const command = useCommand('visits.undo');
  const user = useCurrentUser()?.id;
  const takeBack = async (undo: string) => {
    useUndos.getState().drop(undo);
    try {
      const { patientName } = await command.mutateAsync({ undo });
      toast(t('visits.done.undone', { patient: patientName }));
    } catch (failure) {
      toast(t('visits.done.failed', { reason: errorText(t, failure) }), { tone: 'problem' });
    }
  };
  const last = async () => {
    const undo = useUndos.getState().done.findLast((one) => one.user === user)?.undo;
    if (undo) await takeBack(undo);
    else toast(t('visits.done.nothingToUndo'), { tone: 'attention' });
  };
  return { takeBack, last };
}

/** Tells in the line below what was done with a visit, with the way back. */
export function useToldVisit() {
  const user = useCurrentUser()?.id;
  const { takeBack } = useUndoVisit();
  return ({ undo }: VisitDone, text: string): void => {
    if (user) useUndos.getState().push(user, undo);
    toast(text, { undo: () => takeBack(undo) });
  };
}

/** The steps of visits as keys and buttons take them: what was done is told with its undo, what was not with its reason. */
export function useVisitSteps() {
  const { t } = useTranslation();
  const { timeZone } = useFormat();
  const granted = useCurrentUser()?.permissions ?? [];
  const step = useCommand('visits.step');
  const requeue = useCommand('visits.requeue');
  const priority = useCommand('visits.setPriority');
  const told = useToldVisit();
  const busy = useRef(false);
  const moment = (): Moment => ({ now: Date.now(), today: dayIn(timeZone, Date.now()) });
  const notNow = (visit: Steppable) =>
    t('visits.notNow', { patient: visit.patientName, state: stateText(t, visit, null) });
  /** One thing at a time: the second press of a key means the state after the first. Resolves to whether it was done. */
  const doing = async (
    visit: Steppable,
    send: () => Promise<VisitDone>,
    words: (after: VisitView) => string,
  ): Promise<boolean> => {
    if (busy.current) return false;
    busy.current = true;
    try {
      const after = await send();
      told(after, words(after.visit));
      return true;
    } catch (failure) {
      const refused = failure instanceof AppErrorException && failure.error.code === 'invalid-input';
      const text = refused ? notNow(visit) : t('visits.done.failed', { reason: errorText(t, failure) });
      toast(text, { tone: 'problem' });
      return false;
    } finally {
      busy.current = false;
    }
  };
  const take = (visit: Steppable, which: VisitStep) =>
    doing(
      visit,
      () => step.mutateAsync({ ...wasOf(visit), step: which }),
      ({ patientName, practitionerName, number }) =>
        t(`visits.done.${which}`, { patient: patientName, doctor: practitionerName, number }),
    );
  return {
    next: (visit: Steppable) => nextSteps(asVisit(visit), granted, moment()),
    take,
    takeByKey: (visit: Steppable, key: string): void => {
      const which = stepOfKey(key, asVisit(visit), granted, moment());
      if (which) void take(visit, which);
      else toast(notNow(visit), { tone: 'attention' });
    },
    requeue: (visit: Steppable, practitionerId?: VisitView['practitionerId']) =>
      doing(
        visit,
        () => requeue.mutateAsync({ ...wasOf(visit), ...(practitionerId ? { practitionerId } : {}) }),
        ({ patientName, practitionerName }) =>
          practitionerId
            ? t('visits.done.moved', { patient: patientName, doctor: practitionerName })
            : t('visits.done.requeue', { patient: patientName }),
      ),
    raisePriority: (visit: Steppable) =>
      doing(
        visit,
        () => priority.mutateAsync({ ...wasOf(visit), priority: priorityAfter(visit.priority) }),
        (after) =>
          t('visits.done.priority', {
            patient: after.patientName,
            priority: t(`visits.priority.${after.priority}`),
          }),
      ),
  };
}

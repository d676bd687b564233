import { Button, Loader } from '@mantine/core';
import { type Ref, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import type { DataTableHandle } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import frame from '#renderer/ui/ListScreen.module.css';
import { toast } from '#renderer/ui/toasts.ts';
import type { AbsenceChoice } from '#shared/contract/absence.ts';
import { AbsenceForm } from './AbsenceForm.tsx';
import classes from './AbsenceScreen.module.css';
import { withChoice } from './draft.ts';
import { KnownAbsences } from './KnownAbsences.tsx';
import { PlanSummary } from './PlanSummary.tsx';
import { PlanTable } from './PlanTable.tsx';
import { Stays } from './Stays.tsx';
import { type Leaving, type Outcome, useAbsence } from './store.ts';
import { useAbsencePlan } from './useAbsencePlan.ts';
import { useApply } from './useApply.ts';
import { VisitChoice } from './VisitChoice.tsx';

/** Who arrives with a doctor chosen begins with the appointments, anybody else with the doctor. */
function useFirstFocus(isChosen: boolean, isThere: boolean, toDoctor: () => void, toList: () => void) {
  const arrived = useRef(false);
  useEffect(() => {
    if (arrived.current) return;
    if (!isChosen) toDoctor();
    else if (isThere) toList();
    else return;
    arrived.current = true;
  }, [isChosen, isThere]);
}

interface Submit {
  readonly isSound: boolean;
  readonly isReady: boolean;
  readonly onTry: (tried: boolean) => void;
  readonly send: () => void;
}

/** Applying waits for the plan of what was chosen last, however soon after it somebody presses the key. */
function useSubmit({ isSound, isReady, onTry, send }: Submit) {
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    if (!wanted || !isReady) return;
    setWanted(false);
    send();
  }, [wanted, isReady]);
  return () => {
    onTry(!isSound);
    setWanted(isSound);
  };
}

/** A doctor is not there: who is affected, where each can go, and all of it done in one go. */
export function AbsenceScreen() {
  const { t } = useTranslation();
  const { draft, details, problems, absence, leaves, plan, planned, choices } = useAbsencePlan();
  const outcome = useAbsence((state) => state.outcome);
  const people = useCall('scheduling.people', {}).data ?? [];
  const name = people.find(({ id }) => id === draft.practitionerId)?.name ?? '';
  const { apply, applying } = useApply();
  const mayApply = mayCall(useCurrentUser(), 'absence.apply');
  const [tried, setTried] = useState(false);
  const [selectedId, select] = useState<string | null>(null);
  const table = useRef<DataTableHandle>(null);
  const doctor = useRef<HTMLInputElement>(null);
  const pane = useRef<HTMLElement>(null);
  const next = useRef<HTMLButtonElement>(null);
  const visits = planned?.visits ?? [];
  const selected = visits.find(({ appointment }) => appointment.id === selectedId) ?? visits[0];
  const toList = () => table.current?.focus();
  const toTimes = () => pane.current?.querySelector<HTMLElement>('button')?.focus();
  const choose = (choice: AbsenceChoice) => useAbsence.getState().choose(withChoice(choices, choice));
  const submit = useSubmit({
    isSound: details !== null && details.name !== '',
    isReady: planned !== undefined && !plan.isFetching && !applying,
    onTry: setTried,
    send: () => details && void apply(details, choices, name),
  });
  useFirstFocus(draft.practitionerId !== null, visits.length > 0, () => doctor.current?.focus(), toList);
  // What was planned is done and gone from the screen: the cursor goes on where the next one begins.
  useEffect(() => {
    if (outcome) (next.current ?? doctor.current)?.focus();
  }, [outcome]);
  useKeys(t('absence.keys'), [
    { keys: 'mod+Enter', label: t('absence.apply'), run: submit, inFields: true, enabled: mayApply },
    { keys: 'd', label: t('absence.action.doctor'), run: () => doctor.current?.focus() },
    { keys: 'ArrowDown', label: t('absence.action.toList'), run: toList, enabled: visits.length > 0 },
    { keys: 'ArrowRight', label: t('absence.action.toTimes'), run: toTimes, enabled: visits.length > 0 },
  ]);
  return (
    <div className={frame.screen}>
      <header className={frame.bar}>
        <h1 className={frame.title}>{t('absence.title')}</h1>
      </header>
      <div className={classes.columns} data-alone={selected === undefined || undefined}>
        <div className={classes.side}>
          <AbsenceForm draft={draft} problems={problems} tried={tried} doctorRef={doctor} />
          {planned && <PlanSummary planned={planned} practitionerId={absence.practitionerId} name={name} />}
          <Button
            loading={applying}
            disabled={!mayApply}
            onClick={submit}
            rightSection={<KeyHint keys="mod+Enter" quiet />}
          >
            {t('absence.apply')}
          </Button>
          <KnownAbsences />
        </div>
        <div className={classes.middle}>
          {outcome?.kind === 'taken-back' && <Stays stays={outcome.done.stays} />}
          {plan.error && <Failure failure={plan.error} onRetry={() => void plan.refetch()} />}
          {details === null && <Nothing outcome={outcome} nextRef={next} />}
          {details !== null && plan.isPending && !plan.error && (
            <div className={frame.loading} aria-busy="true">
              <Loader size="sm" aria-label={t('absence.loading')} />
            </div>
          )}
          {planned && (
            <div data-fill aria-busy={plan.isPlaceholderData}>
              <PlanTable
                ref={table}
                visits={visits}
                selectedId={selected?.appointment.id ?? null}
                onSelect={({ appointment }) => select(appointment.id)}
                onOpen={toTimes}
              />
            </div>
          )}
        </div>
        {selected && (
          <VisitChoice
            key={selected.appointment.id}
            visit={selected}
            absence={absence}
            leaves={leaves}
            choices={choices}
            onChoose={choose}
            onLeave={toList}
            paneRef={pane}
          />
        )}
      </div>
    </div>
  );
}

interface EndWorkProps {
  readonly leaving: Leaving;
  readonly count: number;
  readonly nextRef: Ref<HTMLButtonElement>;
}

/** Others have the appointments of who leaves: the work here can end. */
function EndWork({ leaving: { id, name }, count, nextRef }: EndWorkProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const command = useCommand('clinic.setPractitionerActive');
  const end = async () => {
    try {
      await command.mutateAsync({ id, active: false });
      toast(t('clinic.practitioner.left', { name }), {
        undo: async () => void (await command.mutateAsync({ id, active: true })),
      });
      useAbsence.setState({ leaving: null });
      if (count > 0) navigate('/calls');
    } catch (failure) {
      toast(errorText(t, failure), { tone: 'problem' });
    }
  };
  return (
    <EmptyState
      text={[t('absence.leaving', { name }), count > 0 && t('absence.toTell', { count })]
        .filter(Boolean)
        .join(' ')}
      action={
        <Button ref={nextRef} loading={command.isPending} onClick={() => void end()}>
          {t('absence.endWork', { name })}
        </Button>
      }
    />
  );
}

/** No absence is being planned: what to do next, after one was applied too. */
function Nothing({ outcome, nextRef }: { outcome: Outcome | null; nextRef: Ref<HTMLButtonElement> }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const leaving = useAbsence((state) => state.leaving);
  const count = outcome?.kind === 'applied' ? outcome.done.moved + outcome.done.cancelled : 0;
  if (outcome?.kind === 'applied' && leaving)
    return <EndWork leaving={leaving} count={count} nextRef={nextRef} />;
  if (count === 0) return <EmptyState text={t('absence.choose')} />;
  return (
    <EmptyState
      text={t('absence.toTell', { count })}
      action={
        <Button
          ref={nextRef}
          variant="default"
          onClick={() => navigate('/calls')}
          rightSection={<KeyHint keys="g c" quiet />}
        >
          {t('absence.toCalls')}
        </Button>
      }
    />
  );
}

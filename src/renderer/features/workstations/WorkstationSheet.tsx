import { Button, Checkbox, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { WorkstationAction, WorkstationView } from '#shared/contract/workstations.ts';
import classes from './Workstations.module.css';

interface WorkstationSheetProps {
  readonly workstation: WorkstationView;
  /** The centre is there, so that something can be done. */
  readonly live: boolean;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

/** A code that no computer has used so far. */
const isCode = ({ state, lastContact }: WorkstationView): boolean =>
  (state === 'unused' || state === 'expired') && lastContact === null;

/** What may be done to a workstation as it is now. */
const actionsFor = (workstation: WorkstationView): readonly WorkstationAction[] => {
  const { state, here, loginOpen } = workstation;
  if (isCode(workstation) || (state === 'revoked' && loginOpen)) return ['revoke'];
  if (state === 'revoked' || state === 'wiped') return [];
  const own = here ? [] : (['revoke'] as const);
  if (state === 'suspended') return ['resume', 'wipe', ...own];
  if (state === 'wiping') return own;
  return here ? ['wipe'] : ['suspend', 'wipe', ...own];
};

/** Revoking has other names for a code that nobody has used, and for a login that was left open. */
function useActionWords(workstation: WorkstationView) {
  const { t } = useTranslation();
  return (action: WorkstationAction) => {
    if (action === 'revoke' && workstation.state === 'revoked')
      return { name: t('workstations.closeLogin'), explained: t('workstations.explainLogin') };
    if (action === 'revoke' && isCode(workstation))
      return { name: t('workstations.withdraw'), explained: t('workstations.explainWithdraw') };
    return { name: t(`workstations.action.${action}`), explained: t(`workstations.explain.${action}`) };
  };
}

/** Since when a workstation is known, and who made its code where. */
function useEnrolled() {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ enrolledAt, enrolledBy, enrolledFrom }: WorkstationView) => {
    const when = format.dateTime(enrolledAt);
    return enrolledBy === null && enrolledFrom === null
      ? t('workstations.atCentre', { when })
      : t('workstations.byAt', {
          when,
          who: enrolledBy ?? t('workstations.unknown'),
          where: enrolledFrom ?? t('workstations.unknown'),
        });
  };
}

/** One workstation, and what can be done to it: what has no way back wants its name typed. */
export function WorkstationSheet({ workstation, live, onChanged, onClose }: WorkstationSheetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [asking, setAsking] = useState<WorkstationAction | null>(null);
  const { name, siteName, state, whole, version, lastContact } = workstation;
  const actions = actionsFor(workstation);
  const wordsFor = useActionWords(workstation);
  const enrolled = useEnrolled();
  const facts = [
    [t('workstations.column.state'), t(`workstations.state.${state}`)],
    [t('workstations.column.site'), siteName ?? t('workstations.noSite')],
    [t('workstations.scope'), t(whole ? 'workstations.whole' : 'workstations.ofSite')],
    [t('workstations.column.contact'), lastContact ? format.dateTime(lastContact) : t('workstations.never')],
    [t('workstations.column.version'), version ?? t('workstations.unknown')],
    [t('workstations.enrolled'), enrolled(workstation)],
  ] as const;
  return (
    <SideSheet title={name} onClose={onClose}>
      <dl className={classes.facts}>
        {facts.map(([what, value]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {actions.length === 0 && state !== 'wiping' && (
        <p className={classes.quiet}>{t('workstations.ended')}</p>
      )}
      {asking === null ? (
        <ul className={classes.actions}>
          {actions.map((action) => (
            <li key={action}>
              <Button variant="default" disabled={!live} onClick={() => setAsking(action)}>
                {wordsFor(action).name}
              </Button>
              <span className={classes.quiet}>{wordsFor(action).explained}</span>
            </li>
          ))}
        </ul>
      ) : (
        <Confirming
          workstation={workstation}
          action={asking}
          onBack={() => setAsking(null)}
          onDone={() => {
            setAsking(null);
            onChanged();
          }}
        />
      )}
    </SideSheet>
  );
}

interface ConfirmingProps {
  readonly workstation: WorkstationView;
  readonly action: WorkstationAction;
  readonly onBack: () => void;
  readonly onDone: () => void;
}

function Confirming({ workstation, action, onBack, onDone }: ConfirmingProps) {
  const { t } = useTranslation();
  const { mutateAsync: send, isPending } = useCommand('workstations.change');
  const [typed, setTyped] = useState('');
  const [own, setOwn] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { id, name, here, lastOfSite, siteName, state } = workstation;
  const words = useActionWords(workstation)(action);
  const isFinal = action === 'wipe' || action === 'revoke';
  const isOwnWipe = here && action === 'wipe';
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isFinal && (typed.trim() !== name || (isOwnWipe && !own)))
      return setProblem(t('workstations.notTyped'));
    try {
      await send({ id, action, typed, here: own });
      toast(t(`workstations.done.${action}`, { name }));
      onDone();
    } catch (failure) {
      setProblem(errorText(t, failure));
    }
  };
  return (
    <form className={classes.confirming} onSubmit={(event) => void submit(event)} noValidate>
      <p>{words.explained}</p>
      {action === 'revoke' && state === 'wiping' && (
        <p className={classes.warning} role="alert">
          {t('workstations.notWiped')}
        </p>
      )}
      {lastOfSite && action !== 'resume' && (
        <p className={classes.warning} role="alert">
          {t('workstations.lastOfSite', { site: siteName ?? t('workstations.noSite') })}
        </p>
      )}
      {isOwnWipe && (
        <>
          <p className={classes.warning} role="alert">
            {t('workstations.ownWipe')}
          </p>
          <Checkbox
            label={t('workstations.ownConfirm')}
            checked={own}
            onChange={(event) => setOwn(event.currentTarget.checked)}
          />
        </>
      )}
      {isFinal && (
        <TextInput
          label={t('workstations.typeName', { name })}
          value={typed}
          autoComplete="off"
          maxLength={200}
          data-autofocus
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setProblem(null);
          }}
        />
      )}
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <div className={classes.buttons}>
        <Button variant="default" onClick={onBack}>
          {t('workstations.back')}
        </Button>
        <Button type="submit" loading={isPending} {...(isFinal ? { color: 'red.9' } : {})}>
          {words.name}
        </Button>
      </div>
    </form>
  );
}

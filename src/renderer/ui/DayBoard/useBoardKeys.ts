import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { stepKeys } from '#shared/domain/visits/steps.ts';
import { useKeys } from '../keys/useKeys.ts';
import type { Step } from './cursor.ts';
import type { Target } from './rules.ts';
import { slotMinutes } from './time.ts';

export interface BoardActions {
  readonly carrying: boolean;
  readonly onAppointment: boolean;
  readonly canBook: boolean;
  readonly canAskWho: boolean;
  readonly canMove: boolean;
  readonly canCancel: boolean;
  readonly canStep: boolean;
  readonly canBeAway: boolean;
  focus(): void;
  step(step: Step): void;
  activate(): void;
  book(): void;
  who(): void;
  pickUp(): void;
  carryBy(delta: Target): void;
  drop(): void;
  putBack(): void;
  cancel(): void;
  away(): void;
  /** `key` as in `stepKeys` of the course of a visit. */
  takeStep(key: string): void;
  firstFree(ofAll: boolean): void;
}

const steps: Readonly<Record<string, Step>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  PageUp: 'page-up',
  PageDown: 'page-down',
  Home: 'first-column',
  End: 'last-column',
};

const stepOf = ({ key, ctrlKey }: KeyboardEvent): Step | undefined => {
  if (!ctrlKey) return steps[key];
  if (key === 'Home') return 'column-start';
  return key === 'End' ? 'column-end' : undefined;
};

const all = 10_000;
const deltas: Readonly<Record<Step, Target>> = {
  up: { column: 0, start: -slotMinutes },
  down: { column: 0, start: slotMinutes },
  left: { column: -1, start: 0 },
  right: { column: 1, start: 0 },
  'page-up': { column: 0, start: -60 },
  'page-down': { column: 0, start: 60 },
  'first-column': { column: -all, start: 0 },
  'last-column': { column: all, start: 0 },
  'column-start': { column: 0, start: -all },
  'column-end': { column: 0, start: all },
};

/** The steps of a visit a desk takes all day; the others are in the appointment's sheet. */
const boardSteps = ['arrive', 'check-in', 'call', 'checkout'] as const;

/** Lists the board's keys in the overlay; outside the board an arrow key leads into it. */
function useListedKeys(actions: BoardActions): void {
  const { t } = useTranslation();
  const { carrying, onAppointment, canBook, canAskWho, canMove, canCancel, canStep, canBeAway } = actions;
  const word = (name: 'move' | 'ends' | 'dayEnds' | 'hour' | 'open') =>
    t(`appointments.board.action.${name}`);
  const free = !carrying;
  useKeys(t('appointments.board.keys'), [
    { keys: 'ArrowDown|ArrowUp|ArrowLeft|ArrowRight', label: word('move'), run: actions.focus },
    { keys: 'PageDown|PageUp', label: word('hour'), run: actions.focus },
    { keys: 'Home|End', label: word('ends'), run: actions.focus },
    { keys: 'mod+Home|mod+End', label: word('dayEnds'), run: actions.focus },
    { keys: 'Enter', label: word('open'), run: actions.focus },
    {
      keys: 'n',
      label: t('appointments.board.action.book'),
      run: actions.book,
      enabled: canBook && free,
    },
    {
      keys: 'w',
      label: t('waitlist.matches.title'),
      run: actions.who,
      enabled: canAskWho && !onAppointment && free,
    },
    {
      keys: 'm',
      label: t('appointments.board.action.pickUp'),
      run: actions.pickUp,
      enabled: canMove && onAppointment && free,
    },
    {
      keys: 'Escape',
      label: t('appointments.board.action.putBack'),
      run: actions.putBack,
      enabled: carrying,
    },
    {
      keys: 'Delete|Backspace',
      label: t('appointments.board.action.cancel'),
      run: actions.cancel,
      enabled: canCancel && onAppointment && free,
    },
    {
      keys: 'shift+a',
      label: t('absence.board'),
      run: actions.away,
      enabled: canBeAway && free,
    },
    ...boardSteps.map((step) => ({
      keys: stepKeys[step],
      label: t(`visits.step.${step}`),
      run: () => actions.takeStep(stepKeys[step]),
      enabled: canStep && onAppointment && free,
    })),
    {
      keys: 'f',
      label: t('appointments.board.action.firstFree'),
      run: () => actions.firstFree(false),
      enabled: free,
    },
    {
      keys: 'shift+f',
      label: t('appointments.board.action.firstFreeOfAll'),
      run: () => actions.firstFree(true),
      enabled: free,
    },
  ]);
}

/** The keys of the board; returns what its grid does with a key pressed inside it. */
export function useBoardKeys(actions: BoardActions): (event: KeyboardEvent) => void {
  useListedKeys(actions);
  return (event) => {
    if (event.altKey || event.metaKey || event.shiftKey) return;
    const step = stepOf(event);
    const onCell = (event.target as Element).getAttribute('role') === 'gridcell';
    if (step) {
      event.preventDefault();
      if (actions.carrying) actions.carryBy(deltas[step]);
      else actions.step(step);
    } else if (actions.carrying && event.key === 'Enter') {
      event.preventDefault();
      actions.drop();
    } else if (actions.carrying && event.key === 'Escape') {
      event.preventDefault();
      actions.putBack();
    } else if (onCell && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      actions.activate();
    }
  };
}

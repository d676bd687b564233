import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useCall } from '#renderer/client/calls.ts';
import { useClient } from '#renderer/client/provider.tsx';
import { useCurrentUser } from '#renderer/client/session.ts';
import type { FormName, FormOf, KeptDraft, TypedForm } from '#shared/contract/drafts.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { endFormKeeper, type FormKeeper, type FormKept, formKeeperOf, type InFile } from './keeper.ts';

/** What a sheet shows of the keeping: {@link KeptNotice} and {@link KeptMark}. */
export interface Keeping {
  /** When what was there on opening had been typed; null when there was nothing. */
  readonly since: string | null;
  readonly state: FormKept['state'];
  readonly problem: FormKept['problem'];
  /** Whether anything was typed that is not saved. */
  readonly any: boolean;
  /** Gives up what was typed; returns what brings it back. */
  readonly discard: () => () => void;
}

export interface KeptForm<F extends FormName> {
  readonly draft: FormOf<F>;
  readonly change: (part: Partial<FormOf<F>>) => void;
  /** The form was saved: nothing is kept of it any more. */
  readonly forget: () => Promise<void>;
  readonly keeping: Keeping;
}

export interface FormStart<F extends FormName> {
  readonly form: F;
  readonly patientId: PatientId;
  /** What the form is about, such as the allergy that is changed; null for a new one. */
  readonly subject: string | null;
  /** The form with nothing typed. */
  readonly start: () => FormOf<F>;
  /** The form with what had been typed before, where that is more than putting it over the start. */
  readonly resume?: (fields: Partial<FormOf<F>> | null, savedAt: string | null) => FormOf<F>;
  /** Whether a changed form has nothing in it worth keeping. */
  readonly isEmpty?: (draft: FormOf<F>) => boolean;
}

interface Opened<F extends FormName> {
  readonly keeper: FormKeeper;
  readonly start: FormOf<F>;
  readonly draft: FormOf<F>;
  readonly since: string | null;
}

/** The fields that are not as the form began: what changes meanwhile in the others is not written over. */
const changedIn = <F extends FormName>(form: F, start: FormOf<F>, draft: FormOf<F>): TypedForm | null => {
  const fields = Object.entries(draft).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(start[name as keyof FormOf<F>]),
  );
  return fields.length === 0 ? null : ({ form, fields: Object.fromEntries(fields) } as TypedForm);
};

const isSame = (a: TypedForm | null, b: TypedForm | null): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * What the user had typed into the forms of a patient. A screen that offers such forms reads it with what it shows, so that their
 * sheets open with the key: nothing typed after it can land elsewhere.
 */
export const useKeptForms = (patientId: PatientId | undefined) =>
  useCall(
    'drafts.ofPatient',
    { patientId: patientId as PatientId },
    { enabled: patientId !== undefined, afresh: true },
  );

/** Takes over what the file has of a form, for when it is opened again. */
function useInFile(patientId: PatientId, form: FormName, subject: string | null): InFile {
  const queries = useQueryClient();
  return useCallback(
    (typed) => {
      const queryKey = ['drafts.ofPatient', { patientId }];
      queries.setQueryData<readonly KeptDraft[]>(queryKey, (known) => {
        const others = known?.filter((one) => one.typed.form !== form || one.subject !== subject);
        return typed === null || others === undefined
          ? others
          : [{ typed, subject, savedAt: new Date().toISOString() }, ...others];
      });
      // An answer that is on its way may be older.
      void queries.invalidateQueries({ queryKey });
    },
    [queries, patientId, form, subject],
  );
}

const nothing = { get: () => null, subscribe: () => () => undefined };

/** Nothing typed waits for a pause once its field, the form, the window or the session goes. */
function useFlushing(keeper: FormKeeper | undefined): void {
  useEffect(() => {
    if (keeper === undefined) return;
    const flush = () => void keeper.flush();
    document.addEventListener('focusout', flush);
    document.addEventListener('visibilitychange', flush);
    window.addEventListener('pagehide', flush);
    window.addEventListener('blur', flush);
    return () => {
      document.removeEventListener('focusout', flush);
      document.removeEventListener('visibilitychange', flush);
      window.removeEventListener('pagehide', flush);
      window.removeEventListener('blur', flush);
      flush();
    };
  }, [keeper]);
}

/**
 * What is typed into a form, kept in the workstation's file with every pause in typing, for each user, patient, form and
 * subject. Null until it is known what was typed before: where {@link useKeptForms} has read that, the form is there before the
 * next key. What another window has kept meanwhile takes its place as long as nothing was typed.
 * @example const kept = useKeptForm({ form: 'allergy', patientId, subject: null, start: () => emptyAllergy });
 * if (kept === null) return null;
 */
export function useKeptForm<F extends FormName>(about: FormStart<F>): KeptForm<F> | null {
  const { form, patientId, subject } = about;
  const client = useClient();
  const tell = useInFile(patientId, form, subject);
  const writer = useCurrentUser()?.id;
  const { isPending, data } = useKeptForms(patientId);
  const found = data?.find((one) => one.typed.form === form && one.subject === subject);
  const [opened, setOpened] = useState<Opened<F> | null>(null);
  // What is typed twice before the screen is drawn again builds on itself; null until something is.
  const latest = useRef<FormOf<F> | null>(null);
  // As the form was when it was opened: a sheet makes these anew whenever it is drawn.
  const first = useRef(about);
  const shown = useRef<FormKeeper | null>(null);
  useLayoutEffect(() => {
    if (writer === undefined || isPending || latest.current !== null) return;
    const keeper = formKeeperOf(client, { writer, patientId, form, subject }, found?.typed ?? null, tell);
    const { typed } = keeper.get();
    if (shown.current !== null && isSame(typed, shown.current.get().typed)) return;
    const fields = (typed?.fields ?? null) as Partial<FormOf<F>> | null;
    const since = typed === null ? null : (found?.savedAt ?? new Date().toISOString());
    const start = first.current.start();
    const draft = first.current.resume?.(fields, since) ?? { ...start, ...fields };
    shown.current = keeper;
    setOpened({ keeper, start, draft, since });
  }, [client, tell, writer, patientId, form, subject, isPending, found]);
  useFlushing(opened?.keeper);
  const { subscribe, get } = opened?.keeper ?? nothing;
  const kept = useSyncExternalStore<FormKept | null>(subscribe, get);
  if (opened === null || kept === null) return null;
  const { keeper, start } = opened;
  const put = (draft: FormOf<F>, more: Partial<Opened<F>> = {}) => {
    latest.current = draft;
    setOpened({ ...opened, ...more, draft });
    keeper.write(about.isEmpty?.(draft) ? null : changedIn(form, start, draft));
  };
  return {
    draft: opened.draft,
    change: (part) => put({ ...(latest.current ?? opened.draft), ...part }),
    forget: () => {
      // What the file then has, which is nothing, is not what the form goes on with.
      latest.current ??= opened.draft;
      return endFormKeeper(keeper);
    },
    keeping: {
      since: opened.since,
      state: kept.state,
      problem: kept.problem,
      any: kept.typed !== null,
      discard: () => {
        const { draft, since } = opened;
        put(about.resume?.(null, null) ?? start, { since: null });
        keeper.write(null);
        void keeper.flush();
        return () => put(draft, { since });
      },
    },
  };
}

import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useClient } from '#renderer/client/provider.tsx';
import { useCurrentUser } from '#renderer/client/session.ts';
import type { FormName, FormOf, TypedForm } from '#shared/contract/drafts.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { endFormKeeper, type FormKeeper, type FormKept, formKeeperOf } from './keeper.ts';

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
 * subject. Null until it is known what was typed before: the form is shown after that, which is at once.
 * @example const kept = useKeptForm({ form: 'allergy', patientId, subject: null, start: () => emptyAllergy });
 * if (kept === null) return null;
 */
export function useKeptForm<F extends FormName>(about: FormStart<F>): KeptForm<F> | null {
  const { form, patientId, subject } = about;
  const client = useClient();
  const writer = useCurrentUser()?.id;
  const [opened, setOpened] = useState<Opened<F> | null>(null);
  // What is typed twice before the screen is drawn again builds on itself.
  const latest = useRef<FormOf<F> | null>(null);
  // As the form was when it was opened: a sheet makes these anew whenever it is drawn.
  const first = useRef(about);
  useEffect(() => {
    if (writer === undefined) return;
    let left = false;
    const open = async () => {
      const reply = await client.ask('drafts.find', { patientId, form, subject });
      if (left) return;
      const found = reply.ok ? reply.value : null;
      const keeper = formKeeperOf(client, { writer, patientId, form, subject }, found?.typed ?? null);
      const { typed } = keeper.get();
      const fields = (typed?.fields ?? null) as Partial<FormOf<F>> | null;
      const since = typed === null ? null : (found?.savedAt ?? new Date().toISOString());
      const start = first.current.start();
      const draft = first.current.resume?.(fields, since) ?? { ...start, ...fields };
      latest.current = draft;
      setOpened({ keeper, start, draft, since });
    };
    void open();
    return () => {
      left = true;
    };
  }, [client, writer, patientId, form, subject]);
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
    forget: () => endFormKeeper(keeper),
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

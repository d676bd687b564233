import { useQueryClient } from '@tanstack/react-query';
import { type Dispatch, type SetStateAction, useEffect, useRef, useState } from 'react';
import { useCurrentUser } from '#renderer/client/session.ts';

const held = new Map<string, unknown>();

/**
 * `useState` for what is typed into a form that nothing else keeps. Locking the session takes the form off the screen; opened again by
 * the same person it is as it was. Closed by hand it begins anew. In memory only. `name` says which form of what.
 * @example const [draft, setDraft] = useHeldState(`site ${site?.id ?? ''}`, () => detailsOf(site));
 */
export function useHeldState<T>(
  name: string,
  start: T | (() => T),
): readonly [T, Dispatch<SetStateAction<T>>] {
  const queries = useQueryClient();
  const key = `${useCurrentUser()?.id ?? ''} ${name}`;
  const [value, set] = useState<T>(() => {
    if (held.has(key)) return held.get(key) as T;
    return start instanceof Function ? start() : start;
  });
  const latest = useRef(value);
  latest.current = value;
  useEffect(() => {
    held.delete(key);
    return () => {
      if (!queries.getQueryData(['session.current', {}])) held.set(key, latest.current);
    };
  }, [key, queries]);
  return [value, set];
}

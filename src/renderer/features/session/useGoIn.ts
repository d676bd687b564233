import { useQueryClient } from '@tanstack/react-query';
import { useLocation, useSearch } from 'wouter';
import { beginSession } from '#renderer/client/provider.tsx';
import type { SignedInUser } from '#shared/contract/session.ts';
import { placeOf } from './places.ts';

/** Lets in who has just proved who they are, at the place that is theirs. */
export function useGoIn(): (user: SignedInUser) => void {
  const queries = useQueryClient();
  const [location, navigate] = useLocation();
  const search = useSearch();
  return (user) => {
    const place = placeOf(user.id, `${location}?${search}`);
    if (place !== null) navigate(place);
    beginSession(queries, user);
  };
}

import { useLocation, useSearch } from 'wouter';
import type { AuditFilter } from '#shared/contract/audit.ts';
import { isCalendarDate } from '#shared/kernel/calendar.ts';
import { PatientId, StaffAccountId } from '#shared/kernel/ids.ts';

type Name = 'person' | 'patient' | 'kind' | 'workstation' | 'from' | 'until';

export interface FilterInAddress {
  readonly filter: AuditFilter;
  readonly isAny: boolean;
  readonly set: (name: Name, value: string | null) => void;
}

/** The filter is in the address: it can be kept, and a patient's record leads to it. */
export function useAuditFilter(): FilterInAddress {
  const [path, navigate] = useLocation();
  const search = new URLSearchParams(useSearch());
  const day = (name: 'from' | 'until') => {
    const value = search.get(name) ?? '';
    return isCalendarDate(value) ? value : null;
  };
  const person = StaffAccountId.safeParse(search.get('person'));
  const patient = PatientId.safeParse(search.get('patient'));
  const workstation = Number(search.get('workstation') ?? Number.NaN);
  const kinds = search.get('kind')?.split(',').filter(Boolean).slice(0, 50) ?? [];
  const filter: AuditFilter = {
    personId: person.success ? person.data : null,
    patientId: patient.success ? patient.data : null,
    kinds: kinds.length === 0 ? null : kinds,
    workstation: Number.isInteger(workstation) ? workstation : null,
    from: day('from'),
    until: day('until'),
  };
  return {
    filter,
    isAny: Object.values(filter).some((value) => value !== null),
    set: (name, value) => {
      const next = new URLSearchParams(search);
      if (value) next.set(name, value);
      else next.delete(name);
      navigate(next.size === 0 ? path : `${path}?${next}`, { replace: true });
    },
  };
}

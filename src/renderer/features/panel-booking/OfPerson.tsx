import { type ReactNode, useState } from 'react';
import { Redirect } from 'wouter';
import { usePerson } from '#renderer/ui/panel/usePerson.ts';
import type { PatientId } from '#shared/kernel/ids.ts';

/** What is of one person, as an appointment is. Who turns to somebody else meanwhile comes to what those have. */
export function OfPerson({ children }: { children: (patientId: PatientId) => ReactNode }) {
  const { person } = usePerson();
  const [whose, setWhose] = useState(person?.patientId);
  if (person === undefined) return null;
  if (whose === undefined) setWhose(person.patientId);
  else if (whose !== person.patientId) return <Redirect to="/appointments" replace />;
  return children(person.patientId);
}

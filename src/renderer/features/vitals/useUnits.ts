import { useState } from 'react';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import type { ChosenUnits } from '#renderer/ui/vitals/useVitalWords.ts';
import type { TypedMeasure, Unit } from '#shared/domain/vitals/measures.ts';

/** The units this account types and reads in; choosing one holds at once, and at the next workstation too. */
export function useUnits() {
  const kept = useCall('vitals.units', {}).data;
  const command = useCommand('vitals.chooseUnit');
  const [chosen, setChosen] = useState<ChosenUnits>({});
  return {
    units: { ...kept, ...chosen } as ChosenUnits,
    choose: (name: TypedMeasure, unit: Unit) => {
      setChosen((before) => ({ ...before, [name]: unit }));
      command.mutate({ name, unit });
    },
  };
}

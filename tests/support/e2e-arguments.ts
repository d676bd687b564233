import type { Workstation } from './app-driver.ts';

/** A workstation's options, the same for both hosts. */
export const workstationArguments = ({ data, centre, name, demo, args = [] }: Workstation): string[] => [
  '--data',
  data,
  ...(centre === null ? [] : ['--centre', centre]),
  ...(name === undefined ? [] : ['--name', name]),
  ...(demo === true ? ['--demo'] : []),
  ...args,
];

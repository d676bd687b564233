import { type CentreStatus, centreStatus } from '#main/data/central/status.ts';
import type { Command } from './command.ts';
import { table } from './table.ts';

const columns = [
  'No',
  'Name',
  'State',
  'Site',
  'Scope',
  'Version',
  'Cursor',
  'Behind',
  'Last contact',
  'Rejected',
  'Conflicts',
];

const describe = (status: CentreStatus): string => {
  const rows = status.devices.map((device) => [
    String(device.deviceNo),
    device.name,
    device.state,
    device.site ?? '-',
    `${device.scope}/${device.role}`,
    device.app === null ? '-' : `${device.app} (${device.schema ?? '?'})`,
    device.cursor === null ? '-' : String(device.cursor),
    device.behind === null ? '-' : String(device.behind),
    device.lastContactAt ?? 'never',
    String(device.rejected),
    String(device.conflicts),
  ]);
  const head = `Epoch ${status.epoch}, schema ${status.schema}, head ${status.head}, low water ${status.lowWater}`;
  return `${head}\n\n${rows.length === 0 ? 'No workstation is enrolled yet.' : table(columns, rows)}`;
};

export const status: Command = {
  name: 'status',
  summary: 'Show the centre’s place and its workstations',
  options: {},
  run: async ({ url }) => ({ text: describe(await centreStatus(url)) }),
};

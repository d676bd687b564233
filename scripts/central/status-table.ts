import type { CentreStatus } from '#main/data/central/status.ts';

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
] as const;

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = columns.map((title, index) =>
    Math.max(title.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  return [columns, ...rows]
    .map((row) =>
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

/** The centre and its workstations, as a table for a terminal. */
export const describeStatus = (status: CentreStatus): string => {
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
  return `${head}\n\n${rows.length === 0 ? 'No workstation is enrolled yet.' : table(rows)}`;
};

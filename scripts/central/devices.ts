import { CentreAdminError } from '#main/data/central/admin-error.ts';
import {
  type DeviceRef,
  findDevice,
  resumeDevice,
  revokeDevice,
  suspendDevice,
  wipeDevice,
} from '#main/data/central/devices.ts';
import { type Command, type Option, UsageError } from './command.ts';
import { confirmed } from './confirm.ts';

interface DeviceCommand {
  readonly name: string;
  readonly summary: string;
  readonly act: (url: string, device: string) => Promise<DeviceRef>;
  readonly done: (device: string) => string;
  /** What a person has to agree to; absent where it can simply be undone. */
  readonly warning?: (device: string) => string;
}

const named = ({ deviceNo, name }: DeviceRef) => `Workstation ${deviceNo} “${name}”`;

const agree = async (url: string, device: string, warning: (device: string) => string, yes: boolean) => {
  const found = await findDevice(url, device);
  if (await confirmed(found.name, warning(named(found)), yes)) return;
  throw new CentreAdminError(
    'not-confirmed',
    'Nothing was changed. At a terminal type the workstation’s name, elsewhere give --yes.',
  );
};

const which: Option = {
  type: 'string',
  example: '<number, name, id>',
  help: 'which workstation (needed)',
};

const deviceCommand = ({ name, summary, act, done, warning }: DeviceCommand): Command => ({
  name,
  summary,
  options: {
    device: which,
    ...(warning === undefined ? {} : { yes: { type: 'boolean', help: 'do not ask' } as const }),
  },
  run: async ({ url, text, flag }) => {
    const device = text('device');
    if (device === undefined)
      throw new UsageError('Which workstation? Give --device with its number, name or id');
    if (warning !== undefined) await agree(url, device, warning, flag('yes'));
    return { text: done(named(await act(url, device))) };
  },
});

export const suspend = deviceCommand({
  name: 'suspend',
  summary: 'Refuse every call of a workstation until it is resumed',
  act: suspendDevice,
  done: (device) => `${device} is suspended. “resume” ends it.`,
});

export const resume = deviceCommand({
  name: 'resume',
  summary: 'End a suspension',
  act: resumeDevice,
  done: (device) => `${device} may call again.`,
});

export const wipe = deviceCommand({
  name: 'wipe',
  summary: 'Have a workstation send what waits there, then destroy its copy',
  act: wipeDevice,
  done: (device) => `${device} will be wiped at its next contact. “status” says “wiped” when it is done.`,
  warning: (device) =>
    `${device} will send what waits there and then destroy its copy of the clinic. This cannot be taken back.`,
});

export const revoke = deviceCommand({
  name: 'revoke',
  summary: 'Close a workstation’s login for good and end its sessions',
  act: revokeDevice,
  done: (device) =>
    `${device} is revoked: its login is closed and its sessions are ended. Its copy is still there, closed after the lease.`,
  warning: (device) =>
    `${device} will be shut out at once and for good. What waits there can no longer be sent; to have it sent and the copy destroyed, use “wipe”.`,
});

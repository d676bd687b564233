import { AddressError } from '#main/data/central/address.ts';
import { CentreAdminError } from '#main/data/central/admin-error.ts';
import {
  type DeviceRef,
  findDevice,
  resumeDevice,
  revokeDevice,
  suspendDevice,
  wipeDevice,
} from '#main/data/central/devices.ts';
import { enrolDevice } from '#main/data/central/enrol.ts';
import { migrateCentre } from '#main/data/central/migrator.ts';
import { centreStatus } from '#main/data/central/status.ts';
import { confirmed } from './central/confirm.ts';
import { type Asked, enrolRequest, readCommand, UsageError, usage } from './central/options.ts';
import { describeStatus } from './central/status-table.ts';

const migrate = async ({ url }: Asked): Promise<string> => {
  const { applied } = await migrateCentre(url);
  return applied.length === 0 ? 'The centre is up to date.' : `Applied: ${applied.join(', ')}`;
};

const enrol = async ({ url, values }: Asked): Promise<string> => {
  const request = enrolRequest(values);
  const made = await enrolDevice(url, request);
  return `Workstation ${made.deviceNo} “${request.name}” is enrolled. Its code, shown only now, to be used once before ${made.validUntil}:\n\n  ${made.code}\n\nWho has it before the workstation does can act as this workstation.`;
};

interface DeviceCommand {
  readonly act: (url: string, device: string) => Promise<DeviceRef>;
  readonly done: (device: DeviceRef) => string;
  /** What a person has to agree to; absent where it can simply be undone. */
  readonly warning?: (device: DeviceRef) => string;
}

const named = ({ deviceNo, name }: DeviceRef) => `Workstation ${deviceNo} “${name}”`;

const deviceCommands: Readonly<Record<'suspend' | 'resume' | 'wipe' | 'revoke', DeviceCommand>> = {
  suspend: { act: suspendDevice, done: (device) => `${named(device)} is suspended. “resume” ends it.` },
  resume: { act: resumeDevice, done: (device) => `${named(device)} may call again.` },
  wipe: {
    act: wipeDevice,
    done: (device) =>
      `${named(device)} will be wiped at its next contact. “status” says “wiped” when it is done.`,
    warning: (device) =>
      `${named(device)} will send what waits there and then destroy its copy of the clinic. This cannot be taken back.`,
  },
  revoke: {
    act: revokeDevice,
    done: (device) =>
      `${named(device)} is revoked: its login is closed and its sessions are ended. Its copy is still there, closed after the lease.`,
    warning: (device) =>
      `${named(device)} will be shut out at once and for good. What waits there can no longer be sent; to have it sent and the copy destroyed, use “wipe”.`,
  },
};

const onDevice = async ({ url, values }: Asked, { act, done, warning }: DeviceCommand): Promise<string> => {
  if (values.device === undefined || values.device === '')
    throw new UsageError('Which workstation? Give --device with its number, name or id');
  if (warning !== undefined) {
    const found = await findDevice(url, values.device);
    if (!(await confirmed(found.name, warning(found), values.yes === true)))
      throw new CentreAdminError(
        'not-confirmed',
        'Nothing was changed. At a terminal type the workstation’s name, elsewhere give --yes.',
      );
  }
  return done(await act(url, values.device));
};

const run = async (asked: Asked): Promise<string> => {
  switch (asked.command) {
    case 'migrate':
      return migrate(asked);
    case 'enrol':
      return enrol(asked);
    case 'status':
      return describeStatus(await centreStatus(asked.url));
    default:
      return onDevice(asked, deviceCommands[asked.command]);
  }
};

try {
  console.log(await run(readCommand(process.argv.slice(2), process.env)));
} catch (error) {
  if (error instanceof UsageError) {
    console.error(error.message === '' ? usage : `${error.message}\n\n${usage}`);
    process.exitCode = 2;
  } else if (error instanceof CentreAdminError || error instanceof AddressError) {
    console.error(error.message);
    process.exitCode = 1;
  } else {
    throw error;
  }
}

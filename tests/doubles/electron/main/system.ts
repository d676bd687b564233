import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { askPages } from './pages.ts';

/** `CLINICHUB_DOUBLE_KEYRING` stands in for a system without a keyring (`basic_text`) or with a locked one (`locked`). */
const keyring = (): string => process.env.CLINICHUB_DOUBLE_KEYRING ?? 'double';

// Anybody can make this key: the double hides a secret from a careless eye in a test folder, no more.
const key = createHash('sha256').update('the Electron double').digest();

const seal = (text: string): Buffer => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
};

const unseal = (sealed: Buffer): string => {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
};

type SafeStorage = Pick<
  Electron.SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

export const safeStorage: SafeStorage = {
  isAsyncEncryptionAvailable: async () => keyring() !== 'locked',
  getSelectedStorageBackend: () => keyring() as ReturnType<SafeStorage['getSelectedStorageBackend']>,
  encryptStringAsync: async (text) => seal(text),
  decryptStringAsync: async (sealed) => ({ result: unseal(sealed), shouldReEncrypt: false }),
};

export const shell: Pick<Electron.Shell, 'openExternal'> = {
  openExternal: async (url) => {
    await askPages('record', { what: 'openExternal', url });
  },
};

/** `CLINICHUB_DOUBLE_CHOOSES` is what somebody chooses in a box for files; without it the box is closed. */
const showOpenDialog = async (): Promise<Electron.OpenDialogReturnValue> => {
  const chosen = process.env.CLINICHUB_DOUBLE_CHOOSES;
  return { canceled: chosen === undefined, filePaths: chosen === undefined ? [] : [chosen] };
};

export const dialog: Pick<Electron.Dialog, 'showErrorBox' | 'showOpenDialog'> = {
  showOpenDialog,
  showErrorBox: (title, content) => {
    askPages('record', { what: 'errorBox', title, content }).catch(() => undefined);
  },
};

const workArea = { x: 0, y: 0, width: 1920, height: 1040 };

/** Says what the test has the computer do. */
export const powerMonitor = new EventEmitter();

export const screen = {
  getAllDisplays: (): Pick<Electron.Display, 'id' | 'workArea'>[] => [{ id: 1, workArea }],
};

export const Menu = {
  buildFromTemplate: (template: readonly Electron.MenuItemConstructorOptions[]) => ({ template }),
  setApplicationMenu: (menu: { template: readonly Electron.MenuItemConstructorOptions[] } | null): void => {
    const labels = (menu?.template ?? []).map((item) => item.label ?? item.role ?? '');
    askPages('record', { what: 'menu', labels }).catch(() => undefined);
  },
};

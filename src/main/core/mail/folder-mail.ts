import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { MailAddress } from './address.ts';
import { bytesOf } from './compose.ts';
import type { MailMessage, OutgoingMail } from './mail.ts';

const write = async (folder: string, from: MailAddress, message: MailMessage): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.${randomUUID()}.part`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(await bytesOf(from, message));
      await file.sync();
    } finally {
      await file.close();
    }
    const at = new Date(message.at).toISOString().slice(0, 19).replaceAll(':', '-');
    await rename(draft, join(folder, `${at}-${message.id}.eml`));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
};

/** For trials: each message becomes a file in a folder, whole or not at all, that any mail program opens. */
export const folderMail = (folder: string, from: MailAddress): OutgoingMail => ({
  send: async (message) => {
    try {
      await write(folder, from, message);
      return { outcome: 'sent', code: null };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : null;
      return { outcome: 'unreachable', code };
    }
  },
  close: () => undefined,
});

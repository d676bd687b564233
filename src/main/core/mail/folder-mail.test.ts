import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { folderMail } from './folder-mail.ts';
import type { MailMessage } from './mail.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'clinichub-mail-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const message: MailMessage = {
  id: '01900000-0000-7000-8000-000000000001',
  to: { name: 'Zoé', address: 'zoe@example.rw' },
  subject: 'Hello',
  text: 'K7M2-QF\n',
  html: '<p>K7M2-QF</p>',
  at: Date.parse('2026-11-23T08:00:00Z'),
};
const from = { name: 'ClinicHub', address: 'no-reply@clinichub.invalid' };

it('makes one whole file of a message, once however often it is handed over, for its owner alone', async () => {
  const folder = join(root, 'new', 'mail');
  const mail = folderMail(folder, from);
  expect(await mail.send(message)).toEqual({ outcome: 'sent', code: null });
  expect(await mail.send(message)).toEqual({ outcome: 'sent', code: null });
  const file = `2026-11-23T08-00-00-${message.id}.eml`;
  expect(readdirSync(folder)).toEqual([file]);
  const raw = readFileSync(join(folder, file), 'utf8');
  expect(raw).toContain('To: =?UTF-8?');
  expect(raw).toContain('<zoe@example.rw>');
  expect(raw).toContain('\r\nK7M2-QF\r\n');
  expect(raw).not.toMatch(/[^\r]\n/);
  if (process.platform !== 'win32') expect(statSync(join(folder, file)).mode & 0o077).toBe(0);
});

it('says that it cannot write, and leaves nothing half written', async () => {
  writeFileSync(join(root, 'file'), '');
  expect(await folderMail(join(root, 'file'), from).send(message)).toMatchObject({ outcome: 'unreachable' });
  expect(readdirSync(root)).toEqual(['file']);
});

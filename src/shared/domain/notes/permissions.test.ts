import { expect, it } from 'vitest';
import { noteRights, type OwnedNote, type Writer } from './permissions.ts';

const note: OwnedNote = {
  authorId: 'p1',
  createdBy: 'a1',
  supervisorId: 'p2',
  state: 'current',
  isCosigned: false,
};
const author: Writer = { accountId: 'a1', role: 'doctor', practitionerId: 'p1' };
const supervisor: Writer = { accountId: 'a2', role: 'doctor', practitionerId: 'p2' };
const colleague: Writer = { accountId: 'a3', role: 'doctor', practitionerId: 'p3' };
const nurse: Writer = { accountId: 'a4', role: 'nurse', practitionerId: null };
const may = (writer: Writer, more: Partial<OwnedNote> = {}) =>
  Object.entries(noteRights(writer, { ...note, ...more }))
    .filter(([, allowed]) => allowed)
    .map(([right]) => right);

it('lets the author change it, the supervisor sign it as well, and everybody who signs add to it', () => {
  expect(may(author)).toEqual(['append', 'amend', 'void']);
  expect(may(supervisor)).toEqual(['append', 'amend', 'void', 'cosign']);
  expect(may(supervisor, { isCosigned: true })).toEqual(['append', 'amend', 'void']);
  expect(may(colleague)).toEqual(['append']);
  expect(may(nurse)).toEqual(['append']);
});

it('knows a nurse, who is no practitioner, by the account', () => {
  expect(may(nurse, { authorId: null, createdBy: 'a4', supervisorId: null })).toEqual([
    'append',
    'amend',
    'void',
  ]);
  expect(may(nurse, { authorId: null, createdBy: 'a5', supervisorId: null })).toEqual(['append']);
});

it('lets a doctor change what was imported of nobody known', () => {
  const imported = { authorId: null, createdBy: null, supervisorId: null };
  expect(may(colleague, imported)).toEqual(['append', 'amend', 'void']);
  expect(may(nurse, imported)).toEqual(['append']);
});

it('lets nobody change a version that something has taken the place of, or that was taken back', () => {
  for (const state of ['replaced', 'in-error'] as const) expect(may(supervisor, { state })).toEqual([]);
  expect(may(colleague, { state: 'unsigned' }), 'a settled fork is any doctor’s to sign').toEqual(['amend']);
});

it('lets nobody else do anything', () => {
  for (const role of ['reception', 'admin']) expect(may({ ...author, role })).toEqual([]);
});

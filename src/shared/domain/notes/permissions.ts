import type { NoteState } from './thread.ts';

/** Who is asking. */
export interface Writer {
  readonly accountId: string;
  readonly role: string;
  readonly practitionerId: string | null;
}

/** A note as far as it decides who may do what with it. */
export interface OwnedNote {
  readonly authorId: string | null;
  readonly createdBy: string | null;
  readonly supervisorId: string | null;
  readonly state: NoteState;
  /** Whether the supervisor has signed this version. */
  readonly isCosigned: boolean;
}

/** What a person may do with a note. */
export interface NoteRights {
  readonly append: boolean;
  readonly amend: boolean;
  readonly void: boolean;
  readonly cosign: boolean;
}

const signers = ['doctor', 'nurse'];

/** Whether somebody writes and signs notes at all. */
export const maySign = ({ role }: Pick<Writer, 'role'>): boolean => signers.includes(role);

const isAuthor = (writer: Writer, { authorId, createdBy }: OwnedNote): boolean =>
  authorId === null
    ? createdBy === null
      ? writer.role === 'doctor'
      : createdBy === writer.accountId
    : authorId === writer.practitionerId;

/**
 * What `writer` may do with a signed note. Anybody who signs adds to it. Its author and the supervisor it names change it or
 * say that it was entered in error; of one that has no author, an imported one, any doctor. What is to be signed after
 * two versions were settled is any doctor's. A version that something has taken the place of is read, no more.
 */
export const noteRights = (writer: Writer, note: OwnedNote): NoteRights => {
  const stands = note.state === 'current' && maySign(writer);
  const isSupervisor = note.supervisorId !== null && note.supervisorId === writer.practitionerId;
  const owns = stands && (isAuthor(writer, note) || isSupervisor);
  return {
    append: stands,
    amend: owns || (note.state === 'unsigned' && writer.role === 'doctor'),
    void: owns,
    cosign: stands && isSupervisor && !note.isCosigned,
  };
};

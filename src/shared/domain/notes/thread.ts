/** What decides how the versions of a note and what was added to it belong together. */
export interface NoteVersion {
  readonly id: string;
  /** The version it takes the place of. */
  readonly parent_id: string | null;
  /** The note it is an addendum to, in any version. */
  readonly appends_id: string | null;
  /** FHIR composition-status. */
  readonly status: string;
  readonly created_at: string;
  readonly voided_at: string | null;
}

/** `unsigned`: a person settled a fork and has yet to sign what is to hold. */
export type NoteState = 'current' | 'replaced' | 'in-error' | 'unsigned';

/**
 * One note in all its versions. `current` has one, or several when it was amended at two places at once, which a person
 * settles; versions that were taken back are there only when nothing else stands. `earlier` is what they took the place
 * of, the latest first.
 */
export interface NoteThread<V extends NoteVersion> {
  readonly current: readonly V[];
  readonly earlier: readonly V[];
  /** In the order they were written. */
  readonly addenda: readonly { readonly current: readonly V[]; readonly earlier: readonly V[] }[];
}

const byTime = (a: NoteVersion, b: NoteVersion): number =>
  a.created_at.localeCompare(b.created_at) || a.id.localeCompare(b.id);

/** Where a version stands among `versions`, which hold all that name it. */
export const stateOfNote = (version: NoteVersion, versions: readonly NoteVersion[]): NoteState => {
  if (version.voided_at !== null || version.status === 'entered-in-error') return 'in-error';
  if (versions.some(({ parent_id }) => parent_id === version.id)) return 'replaced';
  return version.status === 'preliminary' ? 'unsigned' : 'current';
};

const stands = (state: NoteState): boolean => state === 'current' || state === 'unsigned';

const splitVersions = <V extends NoteVersion>(versions: readonly V[]) => {
  const latestFirst = versions.toSorted((a, b) => byTime(b, a));
  const standing = latestFirst.filter((each) => stands(stateOfNote(each, versions)));
  // A note that was entered in error is shown as such: its last version.
  const current = standing.length > 0 ? standing.toReversed() : latestFirst.slice(0, 1);
  return { current, earlier: latestFirst.filter((each) => !current.includes(each)) };
};

/** The first version of each, whose parent is not among them. */
const rootOf = <V extends NoteVersion>(version: V, byId: ReadonlyMap<string, V>): V => {
  const seen = new Set<string>();
  let root = version;
  for (;;) {
    const parent = root.parent_id === null ? undefined : byId.get(root.parent_id);
    if (parent === undefined || seen.has(parent.id)) return root;
    seen.add(root.id);
    root = parent;
  }
};

/** Puts versions and addenda together; the notes that began last come first. */
export const threadsOf = <V extends NoteVersion>(versions: readonly V[]): readonly NoteThread<V>[] => {
  const byId = new Map(versions.map((version) => [version.id, version]));
  const families = Map.groupBy(versions, (version) => rootOf(version, byId).id);
  // What is added to an addendum is added to the note.
  const noteOf = (root: V): string | null => {
    const seen = new Set<string>();
    let note: V | null = null;
    for (let at = root; at.appends_id !== null && !seen.has(at.id); ) {
      const named = byId.get(at.appends_id);
      if (named === undefined) break;
      seen.add(at.id);
      at = rootOf(named, byId);
      note = at;
    }
    return note?.id ?? null;
  };
  const roots = [...families.keys()].flatMap((id) => byId.get(id) ?? []);
  const addenda = Map.groupBy(roots.toSorted(byTime), noteOf);
  return (addenda.get(null) ?? []).toReversed().map((root) => ({
    ...splitVersions(families.get(root.id) ?? []),
    addenda: (addenda.get(root.id) ?? []).map((each) => splitVersions(families.get(each.id) ?? [])),
  }));
};

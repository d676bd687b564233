/** The part of a version of a prescription that says where it stands among the others. */
export interface Version {
  readonly id: string;
  /** The version it takes the place of; null for the first, and where that one is not here. */
  readonly parentId: string | null;
  readonly voided: boolean;
  readonly createdAt: string;
}

/** A prescription with all its versions, oldest first. */
export interface Chain<V extends Version> {
  /** The id of the first version: the name of the prescription. */
  readonly id: string;
  readonly versions: readonly V[];
  /** The versions that hold: one, or those two desks wrote without knowing of each other, oldest first. */
  readonly newest: readonly V[];
}

const older = (a: Version, b: Version): number =>
  a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;

/** The first version of the one `start` belongs to. Rows that name each other in a circle end at the least id of them. */
const rootOf = (start: Version, byId: ReadonlyMap<string, Version>): string => {
  const seen = new Set<string>();
  let at = start;
  for (;;) {
    if (seen.has(at.id)) return [...seen].toSorted()[0] ?? at.id;
    seen.add(at.id);
    const parent = at.parentId === null ? undefined : byId.get(at.parentId);
    if (parent === undefined) return at.id;
    at = parent;
  }
};

/**
 * The versions that hold. What follows a version that was taken back does not: two desks' decision about a fork takes
 * back one side, whatever was built on it.
 */
const newestOf = <V extends Version>(versions: readonly V[]): readonly V[] => {
  const byId = new Map(versions.map((version) => [version.id, version]));
  const stands = (version: V): boolean => {
    const seen = new Set<string>();
    for (let at: V | undefined = version; at !== undefined && !seen.has(at.id); ) {
      if (at.voided) return false;
      seen.add(at.id);
      at = at.parentId === null ? undefined : byId.get(at.parentId);
    }
    return true;
  };
  const standing = versions.filter(stands);
  const replaced = new Set(standing.map(({ parentId }) => parentId));
  return standing.filter(({ id }) => !replaced.has(id));
};

/** Puts versions together to prescriptions, the one that was written last first. */
export const chainsOf = <V extends Version>(versions: readonly V[]): readonly Chain<V>[] => {
  const byId = new Map(versions.map((version) => [version.id, version]));
  const groups = Map.groupBy(versions.toSorted(older), (version) => rootOf(version, byId));
  return [...groups]
    .map(([id, members]) => ({ id, versions: members, newest: newestOf(members) }))
    .toSorted((a, b) => older(b.versions.at(-1) as V, a.versions.at(-1) as V));
};

/** Whether two versions hold at once: nothing is handed out until a doctor has said which. */
export const isForked = <V extends Version>(chain: Chain<V>): boolean => chain.newest.length > 1;
